"""The JSON object of `handouts verify --json`."""

from typing import Literal

from handouts.schema.base import Date, Schema
from handouts.schema.provenance import Provenance, Source


class VerdictReport(Schema):
    """What is said of one file or print code; `version` is that of the project today, "" where it is not known.

    A draft, and what is overdue since a day, must not be handed out, although it may be current.
    """

    asked: str
    status: Literal["current", "outdated", "altered", "gone", "not-ours", "unknown"]
    changed: tuple[Source, ...]
    version: str
    reason: str
    draft: bool
    overdue_since: Date | None
    made_from: Provenance | None


class VerificationReport(Schema):
    """All that was asked about; `ok` if all of it is current, approved and not overdue."""

    ok: bool
    verdicts: tuple[VerdictReport, ...]
