"""Collects the dossier of a handout from the project, the checks, the signatures and the ledger of print codes."""

import datetime as dt
import importlib.metadata
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from handouts.ama.entry import format_reference, to_plain_text
from handouts.check.markdown_texts import collect_texts
from handouts.check.pemat.facts import collect_facts
from handouts.check.pemat.items import INDEX, PEMAT
from handouts.check.pemat.scores import Answer, Score, score_index, score_pemat
from handouts.check.pemat.sheets import write_pemat_sheets
from handouts.check.plain_language.analysis import analyze_handout
from handouts.check.plain_language.plain_language import is_english
from handouts.check.plain_language.reading_grades import Measures, measure_texts
from handouts.check.release import ReleaseGate
from handouts.check.rules.approvals import find_changed_pieces
from handouts.check.run import Findings, check_project
from handouts.check.scope import Scope
from handouts.dossier.history import find_versions
from handouts.language.tags import is_same_language
from handouts.model.library import Block, Handout, Library, Section
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.provenance.code_ledger import PrintedCodes
from handouts.provenance.source_digests import SourceDigests
from handouts.read.approvals import read_approvals
from handouts.schema.check_report import AcceptedReport
from handouts.schema.dossier import (
    ApprovalReport,
    ClaimReport,
    Dossier,
    LanguageReport,
    MeasuresReport,
    SourceReport,
    ToolReport,
    WithdrawalReport,
)
from handouts.schema.report import ProblemReport

_SPACE_BEFORE_STOP: Final = re.compile(r" (?=[.,;:!?])")  # where a citation was


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What the reports of all languages are made from."""

    project: Project
    library: Library
    gate: ReleaseGate
    findings: Findings
    digests: SourceDigests


def collect_dossier(
    project: Project,
    library: Library,
    read_problems: tuple[Problem, ...],
    handout: str,
    today: dt.date,
    problems: Problems,
) -> tuple[Dossier, Mapping[str, str]]:
    """Collect what is known about a handout on a day, and its sheets of plain language as pages by language.

    `problems` are of the ledger of print codes.
    """
    inputs = _Inputs(
        project,
        library,
        ReleaseGate(project, library, read_problems, today),
        check_project(project, Scope((handout,), ()), today),
        SourceDigests(library.references),
    )
    broken = {key: found for key, found in library.broken_handouts.items() if key[0] == handout}
    releases = PrintedCodes(project, problems).find_by_handout(handout, problems)
    withdrawn = (entry for entry in library.settings.withdrawn if entry.handout == handout)
    handouts = [each for each in library.handouts if each.id == handout]
    plain_language = library.settings.checks.plain_language
    dossier = Dossier(
        handout=handout,
        as_of=today,
        tool=f"handouts {importlib.metadata.version('handouts')}",
        languages=tuple(_report_language(inputs, each) for each in handouts),
        unreadable=tuple(ProblemReport.of(problem) for found in broken.values() for problem in found),
        releases=releases,
        withdrawn=tuple(
            WithdrawalReport(version=entry.version or "", date=entry.date, reason=entry.reason) for entry in withdrawn
        ),
    )
    sheets = {
        each.language: write_pemat_sheets(each, _list_own_problems(each, inputs.findings), plain_language, "html")
        for each in handouts
    }
    return dossier, sheets


def _list_own_problems(handout: Handout, findings: Findings) -> tuple[Problem, ...]:
    """Return the findings in the file of a handout, also the accepted ones."""
    found = (*findings.open, *(problem for problem, _ in findings.accepted))
    return tuple(problem for problem in found if _is_in(problem, handout))


def _report_language(inputs: _Inputs, handout: Handout) -> LanguageReport:
    front, settings = handout.front, inputs.library.settings
    refusals = inputs.gate.find_handout_refusals(handout)
    refused = {(problem.code, problem.place) for problem in refusals}
    findings = inputs.findings
    open_ = (found for found in findings.open if _is_in(found, handout) and (found.code, found.place) not in refused)
    measures = _measure(handout, inputs)
    facts = collect_facts(handout, _list_own_problems(handout, findings), settings.checks.plain_language)
    scores = {PEMAT: score_pemat(facts, settings.checks.plain_language), INDEX: score_index(facts)}
    return LanguageReport(
        language=handout.language,
        file=handout.place.file,
        title=front.title,
        code=front.code,
        version=front.version,
        status=front.status,
        reviewed_by=front.reviewed_by or "",
        sponsor=front.sponsor or "",
        published=front.published,
        review_due=front.review_due,
        is_translation=not is_same_language(handout.language, settings.language),
        approvals=_report_approvals(inputs, handout),
        refusals=tuple(map(ProblemReport.of, refusals)),
        findings=tuple(map(ProblemReport.of, open_)),
        accepted=tuple(
            AcceptedReport(**ProblemReport.of(problem).model_dump(), reason=reason)
            for problem, reason in findings.accepted
            if _is_in(problem, handout)
        ),
        measures=MeasuresReport(
            words=measures.words,
            sentences=measures.sentences,
            words_per_sentence=round(measures.words_per_sentence, 1),
            flesch_kincaid=round(measures.flesch_kincaid, 1),
            smog=round(measures.smog, 1),
        ),
        tools=tuple(_report_tool(tool.name, answers) for tool, answers in scores.items()),
        claims=_report_claims(handout),
        sources=_report_sources(inputs.library, handout),
        history=find_versions(inputs.project.root / handout.place.file),
    )


def _report_approvals(inputs: _Inputs, handout: Handout) -> tuple[ApprovalReport, ...]:
    """Return the signatures in the language of a handout, newest first."""
    signed = read_approvals(inputs.project, handout.place.file, Problems())
    approvals = [entry.approval for entry in signed if entry.approval.language == handout.language]
    pieces = inputs.digests.digest_pieces(handout)
    reports: list[ApprovalReport] = []
    for approval in reversed(approvals):
        is_last = not reports and approval.version == handout.front.version
        changed = find_changed_pieces(approval.digests, pieces) if is_last else []
        reports.append(
            ApprovalReport(
                version=approval.version or "",
                approved=approval.approved,
                by=approval.by,
                name=approval.name or "",
                interest=approval.interest or "",
                searched=approval.searched,
                state="replaced" if not is_last else "changed" if changed else "valid",
                changed=tuple(changed),
            )
        )
    return tuple(reports)


def _report_claims(handout: Handout) -> tuple[ClaimReport, ...]:
    units: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
    named = [*((unit.title or unit.id, unit.body) for unit in units), *handout.notes.items()]
    return tuple(
        ClaimReport(
            section=title,
            text=_SPACE_BEFORE_STOP.sub("", " ".join(text.words.split())),
            sources=tuple(dict.fromkeys(keys)),
        )
        for title, body in named
        for text in collect_texts([body])
        if (keys := [key for child in text.children if child.type == "citation" for key in child.meta["keys"]])
    )


def _report_sources(library: Library, handout: Handout) -> tuple[SourceReport, ...]:
    keys = dict.fromkeys(key for claim in _report_claims(handout) for key in claim.sources)
    references = {key: library.references[key].reference for key in keys if key in library.references}
    return tuple(
        SourceReport(
            key=key,
            entry=to_plain_text(format_reference(reference)),
            is_missing=reference.status == "missing",
            retraction=reference.retraction or "",
        )
        for key, reference in references.items()
    )


def _measure(handout: Handout, inputs: _Inputs) -> Measures:
    if not is_english(handout.language):
        return measure_texts(())
    units = analyze_handout(handout, inputs.library.settings.checks.plain_language)
    return measure_texts(text for unit in units for text in unit.texts)


def _report_tool(name: str, scores: Mapping[int, Score]) -> ToolReport:
    def list_items(answer: Answer) -> Iterable[int]:
        return tuple(number for number, score in scores.items() if score.answer is answer)

    return ToolReport(
        name=name,
        yes=tuple(list_items(Answer.YES)),
        no=tuple(list_items(Answer.NO)),
        not_applicable=tuple(list_items(Answer.NONE)),
        for_a_person=tuple(list_items(Answer.ASK)),
    )


def _is_in(problem: Problem, handout: Handout) -> bool:
    return problem.place is not None and problem.place.file == handout.place.file
