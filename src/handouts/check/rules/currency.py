"""Dates and reviews of a handout: due, soon due, not yet published, too long apart; and whether it names any source."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from handouts.check.rules.readiness import draft, review_overdue
from handouts.model.library import Citation, Handout
from handouts.problems.problem import Place, Problem, Severity
from handouts.problems.rule import Rule
from handouts.schema.checks import Checks

_PIF: Final = "PIF TICK criteria: review at least every 3 years (https://piftick.org.uk)"

_SOON: Final = Rule(
    "review-soon",
    Severity.WARNING,
    "the review date is near",
    "A review takes weeks. Whoever starts it in time never has to withdraw a handout.",
    _PIF,
)
_LONG: Final = Rule(
    "review-interval",
    Severity.WARNING,
    "the review date is too far from the publication",
    "Health information gets out of date. Three years is the longest time that is usual.",
    _PIF,
)
_FUTURE: Final = Rule(
    "published-in-future",
    Severity.WARNING,
    "the day of publication is still to come",
    "Patients would hold a page with a date that has not been.",
    "PIF TICK criteria: publication date shown (https://piftick.org.uk)",
)
_SOURCELESS: Final = Rule(
    "no-sources",
    Severity.WARNING,
    "a handout cites no source",
    "Readers have to be able to see what its facts rest on.",
    "DISCERN, question 4 (https://jech.bmj.com/content/53/2/105); PIF TICK criteria (https://piftick.org.uk)",
)
RULES: Final = (_SOON, _LONG, _FUTURE, _SOURCELESS)

_YEAR: Final = 366  # days, so that a review on the same day of a later year is in time
_HINT: Final = "plan the review now"


def currency_findings(handout: Handout, checks: Checks, today: dt.date) -> Iterator[Problem]:
    """Report on status, dates and sources of a handout."""
    yield from (problem for problem in (draft(handout), review_overdue(handout, today)) if problem)
    front = handout.front
    left = (front.review_due - today).days
    if 0 <= left <= checks.review_days:
        message = f'"{handout.id}" is to be reviewed by {front.review_due}, in {left} day{"" if left == 1 else "s"}'
        yield _SOON.found(message, _at(handout, "review_due"), _HINT)
    if (front.review_due - front.published).days > checks.review_years * _YEAR:
        message = f"{front.review_due} is more than {checks.review_years} years after publication"
        yield _LONG.found(message, _at(handout, "review_due"), "set an earlier day")
    if front.published > today:
        yield _FUTURE.found(f"{front.published} is still to come", _at(handout, "published"), "set the day it goes out")
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    bodies += handout.notes.values()
    if not any(isinstance(mark, Citation) for body in bodies for mark in body.marks):
        yield _SOURCELESS.found(f'"{handout.id}" cites no source', handout.place, "cite what its facts rest on: [@key]")


def _at(handout: Handout, field: str) -> Place:
    return handout.front_at.get((field,), handout.place)
