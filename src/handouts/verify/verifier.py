"""Verifies whether a file or a printed handout is what the project would print today, and may be handed out."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.build.manifest.manifest import Row, read_manifest
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.compose.composer import ComposeOptions
from handouts.model.conditions import list_audiences
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import EmptySelectionError, UnknownNameError, collect_selectable_ids
from handouts.problems.collector import Problems
from handouts.provenance.code_ledger import CODE_COLLISION, PrintedCodes
from handouts.provenance.record import make_print_code
from handouts.provenance.source_digests import SourceDigests
from handouts.schema.provenance import READ, SOURCES, Provenance, Source
from handouts.verify.current_print import (
    BrokenSourceError,
    CurrentPrint,
    NoLongerInProjectError,
    compose_current_print,
    find_current_print,
)
from handouts.verify.embedded_statement import NotOursError, read_embedded_statement
from handouts.verify.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Verifier:
    """Compares prints with a project as it was read, as of a date.

    Earlier prints are known from the codes that releases recorded, and from the manifest of the output folder.
    """

    pipeline: Pipeline
    library: Library
    rows: Mapping[str, Row]
    codes: PrintedCodes
    today: dt.date

    def verify_file(self, path: Path) -> Verdict:
        """Compare a file's embedded statement with the project, and its bytes with those in the manifest."""
        subject = str(path)
        if path.suffix.lower() == ".txt":
            reason = "plain text has no embedded statement: verify its print code instead"
            return Verdict(subject, "unknown", reason=reason)
        try:
            statement = read_embedded_statement(path)
        except NotOursError as error:
            return Verdict(subject, "not-ours", reason=str(error))
        except OSError as refused:
            return Verdict(subject, "not-ours", reason=f"the file cannot be read: {refused.strerror}")
        made_from = statement.made_from
        if not statement.is_unique:
            reason = "it states more than once what it was made from"
            return self._add_review(Verdict(subject, "altered", made_from, reason=reason), None)
        rows = (row for row in self.rows.values() if row.made_from == made_from)
        if any(row.sha256 != statement.sha256 for row in rows):
            reason = "its bytes differ from those that were built here"
            return self._add_review(Verdict(subject, "altered", made_from, reason=reason), None)
        return self._compare(subject, made_from, SOURCES)

    def verify_code(self, code: str) -> Verdict:
        """Look a print code up among released ones, then in the manifest, then among what would be printed today.

        Only what a patient reads is compared, because the code is made of nothing else.
        """
        problems = Problems()
        recorded = self.codes.find(code, problems)
        if len(recorded) > 1:
            first, second, *_ = recorded
            problems.add(CODE_COLLISION.at(None, code=code, date=first.printed, other=second.name))
            reason = f"two different prints have this code: {first.name}; and {second.name}"
            return Verdict(code, "unknown", reason=reason, problems=problems.as_tuple())
        for record in recorded:
            verdict = self._compare(code, record.made_from, READ)
            return replace(verdict, problems=(*problems, *verdict.problems))
        for row in self.rows.values():
            if row.made_from and row.made_from.print_code == code:
                return self._compare(code, row.made_from, READ)
        digests = SourceDigests(self.library.references)
        for item in _plan_likely_prints(self.library):
            numbered = number_for(item.selection, item.practice)
            contents = digests.digest_contents(numbered, item.practice)
            if make_print_code(numbered, item.practice, contents) == code:
                try:
                    made_from = compose_current_print(self.pipeline, item).made_from
                except BrokenSourceError as error:
                    return Verdict(code, "unknown", reason=str(error), problems=error.problems)
                return self._add_review(Verdict(code, "current", made_from, version=made_from.version), made_from)
        reason = "no current print has this code: it is outdated, or has a choice of sections that was not recorded"
        return Verdict(code, "unknown", reason=reason, problems=problems.as_tuple())

    def _compare(self, subject: str, printed: Provenance, sources: Collection[Source]) -> Verdict:
        for handout, version in _list_versions(printed):
            if withdrawal := self.library.settings.find_withdrawal(handout, version):
                verdict = Verdict(subject, "gone", printed, reason=withdrawal.reason, withdrawn=withdrawal.date)
                return self._add_review(verdict, None)
        try:
            current = find_current_print(self.pipeline, self.library, printed)
        except NoLongerInProjectError as error:
            return self._add_review(Verdict(subject, "gone", printed, reason=str(error)), None)
        except BrokenSourceError as error:
            verdict = Verdict(subject, "unknown", printed, reason=str(error), problems=error.problems)
            return self._add_review(verdict, None)
        same = (one for one in self.library.handouts if (one.id, one.language) == (printed.handout, printed.language))
        verdict = replace(
            _compare_sources(subject, printed, current, sources),
            published=next((handout.front.published for handout in same), None),
        )
        return self._add_review(verdict, current.made_from)

    def _add_review(self, verdict: Verdict, current: Provenance | None) -> Verdict:
        """Add whether the handout is a draft or overdue, by its own statement or by the same version in the project.

        And when its code was first released.
        """
        printed = verdict.made_from
        if printed:
            recorded = self.codes.find(printed.print_code, Problems())
            verdict = replace(verdict, released=min((one.printed for one in recorded), default=None))
        if printed and printed.status is None and current and "version" not in verdict.changed:
            printed = current
        if printed is None or printed.status is None or printed.review_due is None:
            return verdict
        overdue_since = printed.review_due if printed.review_due < self.today else None
        return replace(verdict, draft=printed.status == "draft", overdue_since=overdue_since)


def open_verifier(project: Project, library: Library, today: dt.date, problems: Problems) -> Verifier:
    """Return a verifier for a project as it was read, with its output folder and the codes that were released."""
    rows = read_manifest(project.output, problems).rows()
    # Shared by all files, so that each template is compiled once.
    options = ComposeOptions(mark_drafts=library.settings.release == "required")
    pipeline = Pipeline(project, library.references, options)
    return Verifier(pipeline, library, rows, PrintedCodes(project, problems), today)


def _list_versions(printed: Provenance) -> list[tuple[str, str]]:
    """Return the ids and versions of the handouts of a print."""
    return [(one.handout, one.version) for one in printed.members] or [(printed.handout, printed.version)]


def _compare_sources(subject: str, printed: Provenance, current: CurrentPrint, sources: Collection[Source]) -> Verdict:
    version, new = current.made_from.version, current.made_from.sources
    changed = tuple(source for source in sources if printed.sources[source] != new[source])
    if changed:
        return Verdict(subject, "outdated", printed, changed, version)
    # A print made with another release is still current: patients read the same.
    old_tool, new_tool = printed.tool, current.made_from.tool
    reason = f"made with {old_tool}; this is {new_tool}" if old_tool != new_tool else ""
    return Verdict(subject, "current", printed, version=version, reason=reason)


def _plan_likely_prints(library: Library) -> Iterator[Planned]:
    """Yield whole handouts, what sets name, and each part, selection and section alone: one print of each content."""
    names = sorted({name for handout in library.handouts for name in collect_selectable_ids(handout)})
    requests = [Request(), *(Request(set_name=name) for name in library.settings.sets)]
    requests += [Request(sections=(name,)) for name in names]
    audiences = sorted({name for handout in library.handouts for name in list_audiences(handout)})
    requests += [Request(audience=name) for name in audiences]
    requests += [Request(packs=(name,)) for name in library.settings.packs]
    seen_contents: set[tuple[str, str, str, str, tuple[int, ...]]] = set()
    for request in requests:
        try:
            planned = plan(library, request)
        except (UnknownNameError, EmptySelectionError):
            continue  # a mistake in a set or pack, which `handouts check` reports
        for item in planned:
            handout = item.selection.handout
            numbers = tuple(section.number for section in item.selection.sections)
            content = (item.practice.id, handout.id, handout.language, item.selection.audience, numbers)
            if content not in seen_contents:
                seen_contents.add(content)
                yield item
