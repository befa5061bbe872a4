"""Verify: whether a file, or paper that bears a print code, is what the project would print today."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from handouts.build.manifest.manifest import Row
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import EmptySelectionError, UnknownNameError, collect_selectable_ids
from handouts.problems.problem import Problem
from handouts.provenance.record import print_code_of
from handouts.provenance.source_digests import SourceDigests
from handouts.schema.provenance import READ, SOURCES, Provenance, Source
from handouts.verify.current_print import CannotTellError, GoneError, Today, print_today, same_print
from handouts.verify.embedded_statement import NotOursError, read_file

Status = Literal["current", "outdated", "altered", "gone", "not-ours", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a file or print code.

    `changed` are the sources that have changed since, `version` is that of the project today, `reason` what else there
    is to say. Without `made_from` nothing is known of what was asked about. A draft or a handout that is overdue must
    not be handed out, although it may be current; `overdue_since` is the day by which it had to be reviewed.
    """

    asked: str
    status: Status
    made_from: Provenance | None = None
    changed: tuple[Source, ...] = ()
    version: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    draft: bool = False
    overdue_since: dt.date | None = None

    @property
    def ok(self) -> bool:
        """Whether it may be handed out."""
        return self.status == "current" and not self.draft and self.overdue_since is None


@dataclass(frozen=True, slots=True)
class Verifier:
    """Compares with a project as it was read, and with the rows of the manifest of its output folder, as of a day."""

    project: Project
    library: Library
    rows: Mapping[str, Row]
    today: dt.date

    def file(self, path: Path) -> Verdict:
        """Compare what a file says of itself with the project, and its bytes with those that were written here."""
        asked = str(path)
        if path.suffix.lower() == ".txt":
            return Verdict(asked, "unknown", reason="plain text says nothing of itself: ask for its print code")
        try:
            found = read_file(path)
        except NotOursError as why:
            return Verdict(asked, "not-ours", reason=str(why))
        except OSError as refused:
            return Verdict(asked, "not-ours", reason=f"the file cannot be read: {refused.strerror}")
        if not found.once:
            reason = "it says more than once what it was made from"
            return self._with_review(Verdict(asked, "altered", found.made_from, reason=reason), None)
        same_as_built = (row.sha256 == found.sha256 for row in self.rows.values() if row.made_from == found.made_from)
        if not all(same_as_built):
            reason = "its bytes are not those that were written here"
            return self._with_review(Verdict(asked, "altered", found.made_from, reason=reason), None)
        return self._compared(asked, found.made_from, SOURCES)

    def code(self, code: str) -> Verdict:
        """Look a print code up among what was built, then among what the project would print today.

        Only what a patient reads is compared: a print code says nothing else. That of an earlier version is known as
        long as the manifest has a file of it.
        """
        for row in self.rows.values():
            if row.made_from and row.made_from.print_code == code:
                return self._compared(code, row.made_from, READ)
        digests = SourceDigests(self.library.references)
        for item in _likely_prints(self.library):
            numbered = number(item.selection, item.practice.inserts)
            read = digests.contents(numbered, item.practice)
            if print_code_of(numbered, item.practice, read) == code:
                try:
                    made_from = print_today(self.project, self.library, item).made_from
                except CannotTellError as why:
                    return Verdict(code, "unknown", reason=str(why), problems=why.problems)
                return self._with_review(Verdict(code, "current", made_from, version=made_from.version), made_from)
        reason = "no print of today has it: what bears it is outdated, or a choice of sections that was not recorded"
        return Verdict(code, "unknown", reason=reason)

    def _compared(self, asked: str, printed: Provenance, sources: Collection[Source]) -> Verdict:
        try:
            now = same_print(self.project, self.library, printed)
        except GoneError as why:
            return self._with_review(Verdict(asked, "gone", printed, reason=str(why)), None)
        except CannotTellError as why:
            verdict = Verdict(asked, "unknown", printed, reason=str(why), problems=why.problems)
            return self._with_review(verdict, None)
        return self._with_review(_verdict(asked, printed, now, sources), now.made_from)

    def _with_review(self, verdict: Verdict, now: Provenance | None) -> Verdict:
        """Add whether it is a draft or overdue: as the file says, or as the same version in the project does."""
        printed = verdict.made_from
        if printed and printed.status is None and now and "version" not in verdict.changed:
            printed = now
        if printed is None or printed.status is None or printed.review_due is None:
            return verdict
        overdue_since = printed.review_due if printed.review_due < self.today else None
        return replace(verdict, draft=printed.status == "draft", overdue_since=overdue_since)


def _verdict(asked: str, printed: Provenance, now: Today, sources: Collection[Source]) -> Verdict:
    version, new = now.made_from.version, now.made_from.sources
    changed = tuple(source for source in sources if printed.sources[source] != new[source])
    if changed:
        return Verdict(asked, "outdated", printed, changed, version)
    # The tool is not what a patient reads: what another release made is no worse.
    reason = f"made with {printed.tool}; this is {now.made_from.tool}" if printed.tool != now.made_from.tool else ""
    return Verdict(asked, "current", printed, version=version, reason=reason)


def _likely_prints(library: Library) -> Iterator[Planned]:
    """Give whole handouts, what sets name, and each part, selection and section on its own: one of each content."""
    names = sorted({name for handout in library.handouts for name in collect_selectable_ids(handout)})
    requests = [Request(), *(Request(set_name=name) for name in library.settings.sets)]
    requests += [Request(sections=(name,)) for name in names]
    seen: set[tuple[str, str, str, tuple[int, ...]]] = set()
    for request in requests:
        try:
            planned = plan(library, request)
        except (UnknownNameError, EmptySelectionError):
            continue  # a set with a mistake, of which `handouts check` tells
        for item in planned:
            handout = item.selection.handout
            numbers = tuple(section.number for section in item.selection.sections)
            content = (item.practice.id, handout.id, handout.language, numbers)
            if content not in seen:
                seen.add(content)
                yield item
