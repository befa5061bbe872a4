"""Codes by which record systems find handouts: each leads to one handout, and each handout has one."""

from collections.abc import Iterable
from typing import Final

from handouts.model.library import Handout, Library
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.codes import SYSTEMS, normalize_code

_SOURCE: Final = "docs/authors.md, codes"
SHARED_CODE: Final = Rule(
    code="shared-code",
    severity=Severity.WARNING,
    title="two handouts have the same code",
    why="A record system that asks by the code gets both, and staff have to choose.",
    source=_SOURCE,
    message='{system} {code} is also a code of "{other}"',
    hint="give each handout the code that is closest to it, or accept this with a reason",
)
NO_CODES: Final = Rule(
    code="no-codes",
    severity=Severity.WARNING,
    title="a handout without codes, in a project in which others have some",
    why="Record systems cannot find it.",
    source=_SOURCE,
    message='"{handout}" has no codes',
    hint="add codes: to the front matter, or accept this with a reason",
)
RULES: Final = (SHARED_CODE, NO_CODES)


def check_lookup_codes(library: Library, handouts: Iterable[Handout], problems: Problems) -> None:
    """Report codes of handouts that other handouts have too, and handouts without codes."""
    owners: dict[tuple[str, str], dict[str, None]] = {}
    for handout in library.handouts:
        for system, code in handout.front.codes.list_all():
            owners.setdefault((system, normalize_code(code, system)), {})[handout.id] = None
    for handout in handouts:
        if owners and not any(handout.front.codes.list_all()):
            problems.add(NO_CODES.at(handout.place, handout=handout.id))
        for system in SYSTEMS:
            codes = [code for name, code in handout.front.codes.list_all() if name == system]
            for at, code in enumerate(codes):
                others = [name for name in owners[system, normalize_code(code, system)] if name != handout.id]
                place = handout.front_at.get(("codes", system, at), handout.place)
                problems.extend(
                    SHARED_CODE.at(place, system=SYSTEMS[system].title, code=code, other=other) for other in others
                )
