"""Status, dates and sources of a handout: drafts, due reviews, publication dates, handouts without a source."""

import datetime as dt
from typing import Final

from handouts.model.library import Citation, Handout
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.checks import Checks

_PIF_REVIEW: Final = "PIF TICK criteria, clinical review and review dates (https://piftick.org.uk)"
_PIF_THREE_YEARS: Final = "PIF TICK criteria: review at least every 3 years (https://piftick.org.uk)"

DRAFT: Final = Rule(
    code="draft",
    severity=Severity.WARNING,
    title="a handout is a draft",
    why="No clinician has reviewed it. Each of its pages says so, and a release refuses it.",
    source=_PIF_REVIEW,
    message='"{handout}" is a draft: no clinician has reviewed it',
    hint="have it reviewed",
)
REVIEW_OVERDUE: Final = Rule(
    code="review-overdue",
    severity=Severity.ERROR,
    title="the review date has passed",
    why="Nobody has checked whether it is still true. Outdated leaflets in circulation are a known danger.",
    source=_PIF_REVIEW,
    message='the review of "{handout}" was due on {date}',
    hint="have it reviewed, then raise version, published and review_due",
)
_REVIEW_SOON: Final = Rule(
    code="review-soon",
    severity=Severity.WARNING,
    title="the review date is near",
    why="A review takes weeks. If it starts in time, the handout never has to be withdrawn.",
    source=_PIF_THREE_YEARS,
    message='the review of "{handout}" is due on {date}, in {days}',
    hint="plan the review now",
)
_REVIEW_INTERVAL: Final = Rule(
    code="review-interval",
    severity=Severity.WARNING,
    title="the review date is too long after publication",
    why="Health information gets out of date. Three years is the longest interval in common use.",
    source=_PIF_THREE_YEARS,
    message="{date} is more than {years} years after publication",
    hint="set an earlier day",
)
PUBLISHED_IN_FUTURE: Final = Rule(
    code="published-in-future",
    severity=Severity.WARNING,
    title="the publication date is in the future",
    why="Patients would get a page with a date in the future. A release refuses it.",
    source="PIF TICK criteria: publication date shown (https://piftick.org.uk)",
    message="the publication date {date} is in the future",
    hint="write the day on which the handout goes out",
)
_NO_SOURCES: Final = Rule(
    code="no-sources",
    severity=Severity.WARNING,
    title="a handout cites no source",
    why="Readers have to be able to see what its facts are based on.",
    source="DISCERN, question 4 (https://jech.bmj.com/content/53/2/105); PIF TICK criteria (https://piftick.org.uk)",
    message='"{handout}" cites no source',
    hint="cite what its facts are based on: [@id]",
)
RULES: Final = (DRAFT, REVIEW_OVERDUE, _REVIEW_SOON, _REVIEW_INTERVAL, PUBLISHED_IN_FUTURE, _NO_SOURCES)

_YEAR: Final = 366  # days, so that a review on the same day of a later year is in time


def check_currency(handout: Handout, checks: Checks, today: dt.date, problems: Problems) -> None:
    """Check status, dates and sources of a handout as of a day."""
    front = handout.front
    if front.status == "draft":
        problems.add(DRAFT.at(handout.place, handout=handout.id))
    days_left = (front.review_due - today).days
    review_place = _place_of(handout, "review_due")
    if days_left < 0:
        problems.add(REVIEW_OVERDUE.at(review_place, handout=handout.id, date=front.review_due))
    elif days_left <= checks.review_days:
        days = f"{days_left} day{'' if days_left == 1 else 's'}"
        problems.add(_REVIEW_SOON.at(review_place, handout=handout.id, date=front.review_due, days=days))
    if (front.review_due - front.published).days > checks.review_years * _YEAR:
        problems.add(_REVIEW_INTERVAL.at(review_place, date=front.review_due, years=checks.review_years))
    if front.published > today:
        problems.add(PUBLISHED_IN_FUTURE.at(_place_of(handout, "published"), date=front.published))
    if not any(isinstance(mark, Citation) for body in handout.bodies for mark in body.marks):
        problems.add(_NO_SOURCES.at(handout.place, handout=handout.id))


def _place_of(handout: Handout, field: str) -> Place:
    return handout.front_at.get((field,), handout.place)
