"""Writes a dossier as files: one page to read, the same as JSON, and the sheets of PEMAT-P and the CDC's index."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handouts.schema.check_report import AcceptedReport
from handouts.schema.dossier import Dossier, LanguageReport
from handouts.schema.report import ProblemReport
from handouts.system.write import write_whole

_Rows = Iterable[tuple[object, ...]]
_PAGE: Final = "dossier.html.j2"


def write_dossier(dossier: Dossier, sheets: Mapping[str, str], folder: Path) -> tuple[Path, ...]:
    """Write the files into a folder, and return their paths; `sheets` are pages by language. Raises OSError.

    The same dossier gives the same bytes.
    """
    texts = {"dossier.html": _write_page(dossier), "dossier.json": dossier.model_dump_json(indent=2) + "\n"}
    texts |= {f"scores.{language}.html": sheet for language, sheet in sorted(sheets.items())}
    for name, text in texts.items():
        write_whole(folder / name, text.encode())
    return tuple(folder / name for name in texts)


def _write_page(dossier: Dossier) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        facts=_list_facts,
        problem_rows=_list_problems,
        accepted_rows=_list_accepted,
        approval_rows=_list_approvals,
        version_rows=lambda each: [(one.version, one.since, one.commit[:12], one.digest[:12]) for one in each.history],
        source_rows=_list_sources,
        claim_rows=lambda each: [(one.section, one.text, ", ".join(one.sources)) for one in each.claims],
        measure_rows=lambda each: [tuple(each.measures.model_dump().values())],
        tool_rows=_list_tools,
        release_rows=_list_releases,
    )
    return environment.get_template(_PAGE).render(dossier=dossier)


def _list_facts(each: LanguageReport) -> _Rows:
    return [
        ("File", each.file),
        ("Control code", each.code),
        ("Version", each.version),
        ("Status", each.status),
        ("Reviewed by", each.reviewed_by or "nobody"),
        ("Published", each.published),
        ("Review by", each.review_due),
        ("Sponsor", each.sponsor or "none"),
        ("Translation", "yes" if each.is_translation else "no"),
    ]


def _list_problems(problems: Iterable[ProblemReport]) -> _Rows:
    return [(_format_place(one), one.code, one.message, one.hint) for one in problems]


def _list_accepted(each: LanguageReport) -> _Rows:
    return [(_format_place(one), one.code, one.message, one.reason) for one in each.accepted]


def _format_place(problem: ProblemReport | AcceptedReport) -> str:
    numbers = (str(number) for number in (problem.line, problem.column) if number)
    return ":".join([problem.file, *numbers])


def _list_approvals(each: LanguageReport) -> _Rows:
    states = {
        "valid": "holds",
        "changed": "VOID: changed since",
        "replaced": "replaced by a later version or signature",
    }
    return [
        (
            one.version,
            one.approved,
            one.by,
            one.name or "not given",
            one.interest or "not given",
            one.searched or "not given",
            f"{states[one.state]}{': ' if one.changed else ''}{', '.join(one.changed)}",
        )
        for one in each.approvals
    ]


def _list_sources(each: LanguageReport) -> _Rows:
    return [(one.key, one.entry, _describe_source(one.retraction, is_missing=one.is_missing)) for one in each.sources]


def _describe_source(retraction: str, *, is_missing: bool) -> str:
    return f"RETRACTED: {retraction}" if retraction else "MISSING" if is_missing else ""


def _list_tools(each: LanguageReport) -> _Rows:
    def write(numbers: Iterable[int]) -> str:
        return ", ".join(map(str, numbers)) or "none"

    return [
        (one.name, write(one.yes), write(one.no), write(one.not_applicable), write(one.for_a_person))
        for one in each.tools
    ]


def _list_releases(dossier: Dossier) -> _Rows:
    made = ((one.printed, one.made_from) for one in dossier.releases)
    return [
        (day, one.practice, one.language, one.version, ", ".join(one.sections) or "all", one.print_code)
        for day, one in made
    ]
