"""What must not go out to patients: told by `handouts check`, refused by `handouts build --release`."""

import datetime as dt
from typing import Final

from handouts.model.library import Handout, ReferenceEntry
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule

_PIF: Final = "PIF TICK criteria, clinical review and review dates (https://piftick.org.uk)"

_DRAFT: Final = Rule(
    "draft",
    Severity.WARNING,
    "a handout is a draft",
    "No clinician has reviewed it. Each of its pages says so, and a release refuses it.",
    _PIF,
)
_OVERDUE: Final = Rule(
    "review-overdue",
    Severity.ERROR,
    "the review date has passed",
    "Nobody has looked whether it is still true. Old leaflets in circulation are a known danger.",
    _PIF,
)
_MISSING: Final = Rule(
    "missing-reference",
    Severity.WARNING,
    "a source that is cited is marked missing",
    "Patients and reviewers cannot check what it is cited for. A release refuses it.",
    "PIF TICK criteria, sources named (https://piftick.org.uk)",
)
RULES: Final = (_DRAFT, _OVERDUE, _MISSING)


def draft(handout: Handout) -> Problem | None:
    """Tell that a handout is a draft, if it is one."""
    if handout.front.status != "draft":
        return None
    return _DRAFT.found(f'"{handout.id}" is a draft: no clinician has reviewed it', handout.place, "have it reviewed")


def review_overdue(handout: Handout, today: dt.date) -> Problem | None:
    """Tell that the review date of a handout has passed, if it has."""
    due = handout.front.review_due
    place = handout.front_at.get(("review_due",), handout.place)
    hint = "have it reviewed, then raise version, published and review_due"
    return _OVERDUE.found(f'"{handout.id}" was to be reviewed by {due}', place, hint) if due < today else None


def missing_reference(key: str, entry: ReferenceEntry) -> Problem:
    """Tell that a source is marked missing."""
    return _MISSING.found(f'"{key}" is marked missing', entry.place, "find the source")
