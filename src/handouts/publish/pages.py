"""Finds what may be published: pages with their PDFs, from the outcomes of a release."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.build.manifest.manifest import Row
from handouts.build.outcome import Outcome
from handouts.check.registry import GATE
from handouts.model.library import Handout, Practice
from handouts.numbering.fields import fill_for_display
from handouts.problems.problem import Problem, Severity
from handouts.read.handout_files import WITHDRAWN
from handouts.schema.published import Download

WEB_FORMAT = "html"
_REFUSALS = GATE | {WITHDRAWN.code}
PageKey = tuple[str, str, str]
"""Practice, handout and language."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF of a page: where it was built, and its row in the manifest."""

    path: Path
    row: Row

    @property
    def download(self) -> Download:
        """The PDF as the record of the site names it."""
        return Download(format=self.row.format, file=self.path.name, pages=self.row.pages, size=self.row.size)


@dataclass(frozen=True, slots=True)
class Page:
    """A handout of a practice in one language, as it was built for the web and for print.

    The texts of the handout have the values of the practice, which has its texts in the language of the handout.
    """

    practice: Practice
    handout: Handout
    web_page: Path
    row: Row
    pdfs: tuple[Pdf, ...]

    @property
    def key(self) -> PageKey:
        """What identifies the page."""
        return self.practice.id, self.handout.id, self.handout.language

    @property
    def folder(self) -> str:
        """The folder of the page in the site."""
        return "/".join(self.key)

    @property
    def print_code(self) -> str:
        """The print code of its prints."""
        return self.row.made_from.print_code if self.row.made_from else ""


@dataclass(frozen=True, slots=True)
class Collected:
    """The pages to publish, by key; those that a release refuses, with the reasons; and those that failed."""

    pages: Mapping[PageKey, Page]
    refused: Mapping[PageKey, tuple[Problem, ...]]
    failed: Mapping[PageKey, tuple[Problem, ...]]


def collect_pages(outcomes: Iterable[Outcome]) -> Collected:
    """Sort the outcomes of a release. A page is published with all of its PDFs or not at all."""
    by_key: dict[PageKey, list[Outcome]] = {}
    for outcome in outcomes:
        output = outcome.output
        by_key.setdefault((output.practice, output.handout, output.language), []).append(outcome)
    pages: dict[PageKey, Page] = {}
    refused: dict[PageKey, tuple[Problem, ...]] = {}
    failed: dict[PageKey, tuple[Problem, ...]] = {}
    for key, of_page in by_key.items():
        errors = [
            problem
            for outcome in of_page
            if outcome.status == "failed"
            for problem in outcome.problems
            if problem.severity is Severity.ERROR
        ]
        if any(problem.code in _REFUSALS for problem in errors):
            refused[key] = tuple(dict.fromkeys(errors))
        elif any(outcome.status == "failed" for outcome in of_page):
            failed[key] = tuple(dict.fromkeys(errors))
        elif page := _make_page(of_page):
            pages[key] = page
    return Collected(pages, refused, failed)


def _make_page(outcomes: Iterable[Outcome]) -> Page | None:
    """Return the page of some outcomes; None if the handout is not offered as a web page."""
    files = {outcome.output.format: outcome for outcome in outcomes}
    web = files.pop(WEB_FORMAT, None)
    if web is None or web.path is None or web.row is None or web.planned is None:
        return None
    pdfs = tuple(Pdf(one.path, one.row) for one in files.values() if one.path and one.row)
    practice, handout = web.planned.practice, web.planned.selection.handout
    if handout.fields:
        handout = fill_for_display(handout, [practice])
    return Page(practice, handout, web.path, web.row, pdfs)


def mark_as_left_out(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the reasons why handouts are left out as warnings: a project always has drafts."""
    return tuple(replace(problem, severity=Severity.WARNING) for problem in problems)
