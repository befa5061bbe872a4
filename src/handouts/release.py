"""Release: what must not go out to patients, as `handouts build --release` has it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from handouts.check.readiness import draft, missing_reference, review_overdue
from handouts.library import ReferenceEntry
from handouts.number import Numbered
from handouts.problem import Problem, Severity


def release_problems(
    numbered: Numbered, references: Mapping[str, ReferenceEntry], today: dt.date
) -> tuple[Problem, ...]:
    """List what stands in the way of releasing an output: draft, missing references, a review date that has passed."""
    handout = numbered.selection.handout
    found = (
        draft(handout),
        review_overdue(handout, today),
        *(
            missing_reference(key, references[key])
            for key in numbered.listed
            if references[key].reference.status == "missing"
        ),
    )
    return tuple(replace(problem, severity=Severity.ERROR) for problem in found if problem)
