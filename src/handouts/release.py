"""Release: what must not go out to patients, as `handouts build --release` has it."""

import datetime as dt
from collections.abc import Mapping

from handouts.library import ReferenceEntry
from handouts.number import Numbered
from handouts.problem import Problem, error


def release_problems(
    numbered: Numbered, references: Mapping[str, ReferenceEntry], today: dt.date
) -> tuple[Problem, ...]:
    """List what stands in the way of releasing an output: draft, missing references, a review date that has passed."""
    handout = numbered.selection.handout
    problems: list[Problem] = []
    if handout.front.status == "draft":
        problems.append(
            error(
                "draft", f'"{handout.id}" is a draft: no clinician has reviewed it', handout.place, "have it reviewed"
            )
        )
    if handout.front.review_due < today:
        problems.append(
            error("review-overdue", f'"{handout.id}" was to be reviewed by {handout.front.review_due}', handout.place)
        )
    problems.extend(
        error("missing-reference", f'"{key}" is marked missing', references[key].place, "find the source")
        for key in numbered.listed
        if references[key].reference.status == "missing"
    )
    return tuple(problems)
