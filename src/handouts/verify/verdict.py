"""Verdicts: whether a file or paper may be handed out, as a value, as a few words for staff, and as JSON."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from handouts.problems.problem import Problem
from handouts.schema.provenance import Provenance, Source
from handouts.schema.verification import VerdictReport, VerificationReport

Status = Literal["current", "outdated", "altered", "gone", "not-ours", "unknown"]

_WORDS: Final[Mapping[Status, str]] = {
    "current": "Current",
    "outdated": "Outdated",
    "altered": "Altered",
    "gone": "Withdrawn",
    "not-ours": "Not ours",
    "unknown": "Unknown",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of verifying one file or print code, the `subject`.

    `changed` lists the sources that have changed since it was printed, `version` is the version in the project today,
    published on `published`, and `reason` explains the status. `made_from` is None if nothing is known about the
    subject. A draft must not be handed out, nor a handout that is overdue for review, although either may be current;
    `overdue_since` is the date on which the review was due. `released` is the day of the first release that printed its
    code, None if none is recorded; `withdrawn` the day on which the handout was withdrawn.
    """

    subject: str
    status: Status
    made_from: Provenance | None = None
    changed: tuple[Source, ...] = ()
    version: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    draft: bool = False
    overdue_since: dt.date | None = None
    published: dt.date | None = None
    released: dt.date | None = None
    withdrawn: dt.date | None = None

    @property
    def ok(self) -> bool:
        """Whether it may be handed out."""
        return self.status == "current" and not self.obstacle

    @property
    def comparison(self) -> str:
        """How it compares with what the project would print today: "Current", "Superseded by version 2.0" ..."""
        if self.status == "gone" and self.withdrawn:
            return f"Withdrawn on {write_day(self.withdrawn)}"
        if self.status == "outdated" and self.made_from and self.version not in {"", self.made_from.version}:
            published = f" on {write_day(self.published)}" if self.published else ""
            return f"Superseded by version {self.version}{published}"
        return _WORDS[self.status]

    @property
    def obstacle(self) -> str:
        """Why even a current print must not be handed out, such as "Current, but a DRAFT"; empty if it may be."""
        if self.withdrawn:
            return ""
        overdue = f"verdue since {write_day(self.overdue_since)}" if self.overdue_since else ""
        if self.draft:
            draft = "Current, but a DRAFT" if self.status == "current" else "DRAFT"
            return f"{draft}, and o{overdue}" if overdue else draft
        return f"O{overdue}" if overdue else ""

    @property
    def headline(self) -> str:
        """The answer for the person who holds the paper: what prevents handing it out, else how it compares."""
        return f"{self.obstacle}: do not hand out" if self.obstacle else self.comparison


def write_day(day: dt.date) -> str:
    """Return a day with the month as a word, so that day and month cannot be confused: 3 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


def format_verdicts_as_json(verdicts: Sequence[Verdict]) -> str:
    """Return verdicts as one JSON object (`handouts schema verification`)."""
    reports = tuple(
        VerdictReport(
            asked=verdict.subject,
            status=verdict.status,
            headline=verdict.headline,
            changed=verdict.changed,
            version=verdict.version,
            published=verdict.published,
            reason=verdict.reason,
            draft=verdict.draft,
            overdue_since=verdict.overdue_since,
            released=verdict.released,
            withdrawn=verdict.withdrawn,
            made_from=verdict.made_from,
        )
        for verdict in verdicts
    )
    ok = all(verdict.ok for verdict in verdicts)
    return VerificationReport(ok=ok, verdicts=reports).model_dump_json(indent=2)
