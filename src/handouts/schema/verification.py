"""The JSON object of `handouts verify --json`."""

from typing import Literal

from handouts.schema.base import Date, Schema
from handouts.schema.provenance import Provenance, Source


class VerdictReport(Schema):
    """The verdict on one file or print code; `version` is that of the project today, "" if it is not known.

    Drafts, and handouts whose review is overdue, must not be handed out even if they are current. `published` is the
    day of the version of today, `released` the day of the first release that printed the code, `withdrawn`
    the day on which the handout was withdrawn.
    """

    asked: str
    status: Literal["current", "outdated", "altered", "gone", "not-ours", "unknown"]
    headline: str
    changed: tuple[Source, ...]
    version: str
    published: Date | None
    reason: str
    draft: bool
    overdue_since: Date | None
    released: Date | None
    withdrawn: Date | None
    made_from: Provenance | None


class VerificationReport(Schema):
    """The verdicts on all files and print codes; `ok` if all are current, approved and not overdue."""

    ok: bool
    verdicts: tuple[VerdictReport, ...]
