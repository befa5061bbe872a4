"""Finds the handouts that match a request: by code, the longest first, by words where there is no code, or nearly."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from handouts.infobutton.request import Criterion, KnowledgeRequest
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library, Practice
from handouts.schema.codes import normalize_code
from handouts.search.codes import compare_icd_codes, is_icd_code
from handouts.search.find import find_handouts
from handouts.search.index import SearchIndex, Where

MatchRelation = Literal["same", "wider", "narrower", "words"]

_HIERARCHICAL: Final = frozenset({"icd-10-cm", "icd-9-cm"})  # a code is part of each one that it starts with
_CATEGORY_LENGTH: Final = 3
_MOST_NEAR: Final = 8
_MOST_WORD_SEARCHES: Final = 5  # of the criteria of a request: they take longer than codes
_RANKS: Final[dict[MatchRelation, int]] = {"same": 0, "wider": 1, "narrower": 2, "words": 3}
_ALL_WORDS: Final = frozenset({Where.TITLE, Where.KEYWORD})


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A handout that matches a criterion, in the language that fits best.

    `system` and `code` are those of the handout, empty where words were found. "wider" means that the code of the
    handout is wider than the requested one.
    """

    handout: Handout
    relation: MatchRelation
    system: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """The handouts that match a request, the best first; `withheld` counts those that are not offered."""

    found: tuple[CodeMatch, ...] = ()
    withheld: int = 0


def find_matches(
    library: Library,
    index: SearchIndex,
    request: KnowledgeRequest,
    practice: Practice | None,
    is_offered: Callable[[Handout], bool],
) -> Matches:
    """Return the handouts that match a request, one for each id, in the requested language if there is one."""
    best: dict[str, tuple[tuple[int, int, int], CodeMatch]] = {}
    for number, criterion in enumerate(request.criteria):
        by_code = list(_match_codes(library, criterion))
        by_words = _match_words(index, criterion) if number < _MOST_WORD_SEARCHES else ()
        for match in by_code or by_words:
            length = len(match.code) if match.relation == "wider" else -len(match.code)
            rank = _RANKS[match.relation], -length, number
            handout_id = match.handout.id
            if handout_id not in best or rank < best[handout_id][0]:
                best[handout_id] = rank, match
    ordered = sorted(best.values(), key=lambda one: (one[0], one[1].handout.front.title))
    found, withheld = [], 0
    for _, match in ordered:
        handout = choose_language(library, match.handout.id, request.language, practice, is_offered)
        if handout is None:
            withheld += 1
        else:
            found.append(CodeMatch(handout, match.relation, match.system, match.code))
    return Matches(tuple(found), withheld)


def find_near(
    library: Library,
    index: SearchIndex,
    request: KnowledgeRequest,
    practice: Practice | None,
    is_offered: Callable[[Handout], bool],
) -> tuple[Handout, ...]:
    """Return handouts that are near to what nothing matches: some of its words, or codes of the same category."""
    ids: dict[str, None] = {}
    for criterion in request.criteria[:_MOST_WORD_SEARCHES]:
        hits = find_handouts(index, criterion.words).hits if criterion.words else ()
        ids |= dict.fromkeys(hit.handout.id for hit in hits[:_MOST_NEAR])
        ids |= dict.fromkeys(
            handout.id
            for handout in library.handouts
            for system, code in handout.front.codes.list_all()
            if system in _HIERARCHICAL
            and criterion.system in {"", system}
            and _find_category(criterion.code, system) == _find_category(code, system)
        )
    chosen = (choose_language(library, name, request.language, practice, is_offered) for name in ids)
    return tuple(handout for handout in chosen if handout)[:_MOST_NEAR]


def choose_language(
    library: Library, handout_id: str, language: str, practice: Practice | None, is_offered: Callable[[Handout], bool]
) -> Handout | None:
    """Return a handout in the language, that of the practice, of the project, or any; None if none is offered."""
    offered = [one for one in library.handouts if one.id == handout_id and is_offered(one)]
    wanted = [language, practice.language if practice else "", library.settings.language]

    def rank(handout: Handout) -> tuple[int, bool, str]:
        at = next((at for at, tag in enumerate(wanted) if tag and is_same_language(tag, handout.language)), len(wanted))
        return at, handout.language.lower() != language.lower(), handout.language

    return min(offered, key=rank, default=None)


def _find_category(code: str, system: str) -> str:
    """Return the category of a code, which is its first three characters."""
    return normalize_code(code, system)[:_CATEGORY_LENGTH]


def _match_codes(library: Library, criterion: Criterion) -> Iterator[CodeMatch]:
    """Yield each handout with a code that matches; where the system is not known, none does."""
    if not criterion.code or criterion.system is None:
        return
    for handout in library.handouts:
        for system, code in handout.front.codes.list_all():
            if criterion.system in {"", system}:
                relation = _compare(criterion, system, code)
                if relation:
                    yield CodeMatch(handout, relation, system, code)


def _compare(criterion: Criterion, system: str, code: str) -> MatchRelation | None:
    sought, own = normalize_code(criterion.code, system), normalize_code(code, system)
    # Without a system, digits alone may be of another one, where only the same code says enough.
    if system in _HIERARCHICAL and (criterion.system or is_icd_code(sought)):
        return compare_icd_codes(sought, own)
    return "same" if sought == own else None


def _match_words(index: SearchIndex, criterion: Criterion) -> Iterator[CodeMatch]:
    """Yield the handouts with all words in title or keywords, where no code of a known system says more."""
    if not criterion.words or (criterion.code and criterion.system):
        return
    found = find_handouts(index, criterion.words)
    if found.is_partial or found.corrections:
        return
    for hit in found.hits:
        if all(match.where in _ALL_WORDS for match in hit.matches):
            yield CodeMatch(hit.handout, "words")
