"""dossier.json of `handouts dossier`: what an auditor wants to know about a handout."""

from typing import Literal

from pydantic import Field

from handouts.schema.base import Date, Schema
from handouts.schema.check_report import AcceptedReport
from handouts.schema.printed_code import PrintedCode
from handouts.schema.report import ProblemReport


class ApprovalReport(Schema):
    """One signature; `changed` are the pieces that are not as they were signed."""

    version: str
    approved: Date
    by: str
    name: str
    interest: str
    searched: Date | None
    state: Literal["valid", "changed", "replaced"] = Field(
        description="valid: it holds for the text as it is now; changed: the text was changed since; replaced: a later "
        "one or another version takes its place."
    )
    changed: tuple[str, ...]


class VersionReport(Schema):
    """A version in the history of the file: the first commit that has it, its day, and the digest of the file there."""

    version: str
    since: Date
    commit: str
    digest: str


class SourceReport(Schema):
    """A source: its entry in the list of references, whether it is marked missing, and its retraction."""

    key: str
    entry: str
    is_missing: bool
    retraction: str


class ClaimReport(Schema):
    """A text that cites sources, by their keys."""

    section: str
    text: str
    sources: tuple[str, ...]


class MeasuresReport(Schema):
    """Measures of running text in English: 0 in other languages, which the formulas do not fit."""

    words: int
    sentences: int
    words_per_sentence: float
    flesch_kincaid: float
    smog: float


class ToolReport(Schema):
    """A tool of plain language: how many of its items a program answered, and how."""

    name: str
    yes: tuple[int, ...]
    no: tuple[int, ...]
    not_applicable: tuple[int, ...]
    for_a_person: tuple[int, ...]


class LanguageReport(Schema):
    """A handout in one language."""

    language: str
    file: str
    title: str
    code: str
    version: str
    status: str
    reviewed_by: str
    sponsor: str
    published: Date
    review_due: Date
    is_translation: bool
    approvals: tuple[ApprovalReport, ...]
    refusals: tuple[ProblemReport, ...] = Field(description="Why a release refuses the handout; none if it may go out.")
    findings: tuple[ProblemReport, ...] = Field(description="The other findings of `handouts check`.")
    accepted: tuple[AcceptedReport, ...]
    measures: MeasuresReport
    tools: tuple[ToolReport, ...]
    claims: tuple[ClaimReport, ...]
    sources: tuple[SourceReport, ...]
    history: tuple[VersionReport, ...] = Field(description="From Git, newest first; none without a repository.")


class WithdrawalReport(Schema):
    """A withdrawal; without a version, all of them are withdrawn."""

    version: str
    date: Date
    reason: str


class Dossier(Schema):
    """What is known about a handout on a day."""

    handout: str
    as_of: Date
    tool: str
    languages: tuple[LanguageReport, ...]
    unreadable: tuple[ProblemReport, ...] = Field(description="Errors of its files that cannot be read.")
    releases: tuple[PrintedCode, ...] = Field(description="Every print code that was released, for which practice.")
    withdrawn: tuple[WithdrawalReport, ...]
