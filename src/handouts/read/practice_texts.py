"""Chooses the texts of a practice in one language: each may be a map by language, and hours may be data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeGuard

from handouts.language.opening_hours import parse_opening_hours, write_opening_hours
from handouts.language.tags import is_language_tag, is_same_language
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.yaml.nodes import Mapping, Node, Path, Scalar, Sequence, text_of

UNCLEAR_HOURS: Final = Rule(
    "unclear-hours",
    Severity.ERROR,
    title="opening hours that are neither data nor a text in the language of the practice",
    why="Patients would come to a closed door.",
    source="docs/practices.md, hours; Unicode CLDR (https://cldr.unicode.org)",
    message='the hours "{found}" are not understood',
    hint="write days and times such as mon-fri 08:00-17:00, or sat,sun closed; or {{days: ..., hours: ...}} in words",
)
RULES: Final = (UNCLEAR_HOURS,)

ANY: Final = "*"
_PATHS: Final = 2_000
# Texts of words: each has to be there in the language that is printed.
_WORDS: Final[tuple[Path, ...]] = (
    ("phones", ANY, "label"),
    ("emergency", "text"),
    ("hours", ANY, "days"),
    ("hours", ANY, "hours"),
    ("when_to_call", ANY),
    ("fields", ANY),
    ("inserts", ANY, "file"),
)
# Lists of such texts, which may be a map as a whole, and names and addresses, which are the same in all languages.
_MAPS: Final[tuple[Path, ...]] = (
    *_WORDS,
    ("hours",),
    ("hours", ANY),
    ("when_to_call",),
    ("name",),
    ("website",),
    ("address",),
    ("address", ANY),
)
_NAMES: Final = frozenset({"name", "website", "address"})
_HOURS: Final[tuple[Path, ...]] = (("hours", ANY),)
_FIELDS: Final = frozenset(path[0] for path in _MAPS)

LanguageOfFile = Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class PracticeTexts:
    """The fields of a practice with its texts in one language.

    `missing` are the paths of maps that lack the language, `foreign` those of plain texts in another one. They stay as
    they are written, so that the other fields can be read.
    """

    fields: Mapping
    missing: tuple[Path, ...]
    foreign: tuple[Path, ...]

    @property
    def lacking(self) -> tuple[Path, ...]:
        """The paths of all texts that are not in the language."""
        return (*self.missing, *self.foreign)


def choose_texts(fields: Mapping, language: str, language_of: LanguageOfFile, problems: Problems) -> PracticeTexts:
    """Return the fields of a practice in a language; `language_of` is that of plain texts in a practice.yaml."""
    choice = _Choice(language, text_of(fields.get("country")) or "", language_of, problems)
    items = tuple(
        (name, place, choice.choose(value, (name,)) if name in _FIELDS else value)
        for name, place, value in fields.items
    )
    chosen = Mapping(items, fields.place)
    return PracticeTexts(chosen, tuple(choice.missing), tuple(choice.foreign))


@dataclass(slots=True)
class _Choice:
    """Chooses the texts of one practice in one language, and collects the paths of those that lack it."""

    language: str
    country: str
    language_of: LanguageOfFile
    problems: Problems
    missing: list[Path] = field(default_factory=list)
    foreign: list[Path] = field(default_factory=list)

    def choose(self, node: Node, path: Path, *, from_map: bool = False) -> Node:
        """Return a value in the language; what is `from_map` is in it already."""
        if isinstance(node, Scalar):
            return self._choose_scalar(node, path, from_map=from_map)
        if _may_be_map(path) and _is_map(node):
            return self._choose_from_map(node, path)
        if isinstance(node, Mapping):
            return self.choose_in_mapping(node, path, from_map=from_map)
        inner = (self.choose(item, (*path, at), from_map=from_map) for at, item in enumerate(node.items))
        return Sequence(tuple(inner), node.place)

    def choose_in_mapping(self, node: Mapping, path: Path, *, from_map: bool) -> Mapping:
        """Return a mapping with its values in the language."""
        items = (
            (name, place, self.choose(value, (*path, name), from_map=from_map)) for name, place, value in node.items
        )
        return Mapping(tuple(items), node.place)

    def _choose_from_map(self, node: Mapping, path: Path) -> Node:
        text = _find_text(node, self.language)
        if text is None:
            self.missing.append(path)
            text = node.items[0][2]
        return self.choose(text, path, from_map=True)

    def _choose_scalar(self, node: Scalar, path: Path, *, from_map: bool) -> Node:
        if node.value and _are_hours(path):
            return self._write_hours(node, node.value, path)
        is_foreign = not from_map and _has_words(path)
        if is_foreign and not is_same_language(self.language_of(node.place), self.language):
            self.foreign.append(path)
        return node

    def _write_hours(self, node: Scalar, text: str, path: Path) -> Node:
        hours = parse_opening_hours(text)
        written = write_opening_hours(hours, self.language, self.country) if hours else None
        if hours is None:
            self.problems.add(UNCLEAR_HOURS.at(node.place, found=text))
        elif written is None:
            self.missing.append(path)
        pair = zip(("days", "hours"), written or (text, text), strict=True)
        return Mapping(tuple((name, node.place, Scalar(value, node.place)) for name, value in pair), node.place)


def find_languages(fields: Mapping) -> tuple[str, ...]:
    """Return the languages that texts of a practice are written in as maps, in order of their first use."""
    return tuple(dict.fromkeys(_list_languages(fields, ())))


def find_written_languages(fields: Mapping, language: str) -> frozenset[str]:
    """Return the languages of all words in the fields of a practice; `language` is that of plain texts."""
    return frozenset(_list_written_languages(fields, (), language))


def name_field(path: Path) -> str:
    """Return the field at a path as messages name it, counted from 1: when_to_call (entry 2)."""
    field = ".".join(step for step in path if isinstance(step, str))
    entry = next((step for step in path if isinstance(step, int)), None)
    return field if entry is None else f"{field} (entry {entry + 1})"


def _list_languages(node: Node, path: Path) -> Iterator[str]:
    if _may_be_map(path) and _is_map(node):
        yield from (name for name, _, _ in node.items)
    elif isinstance(node, Mapping):
        for name, _, value in node.items:
            yield from _list_languages(value, (*path, name))
    elif isinstance(node, Sequence):
        for at, item in enumerate(node.items):
            yield from _list_languages(item, (*path, at))


def _list_written_languages(node: Node, path: Path, language: str) -> Iterator[str]:
    if isinstance(node, Scalar):
        if node.value and _has_words(path):
            yield language
    elif _may_be_map(path) and path[0] not in _NAMES and _is_map(node):
        yield from (name for name, _, _ in node.items)
    elif isinstance(node, Mapping):
        for name, _, value in node.items:
            yield from _list_written_languages(value, (*path, name), language)
    else:
        for at, item in enumerate(node.items):
            yield from _list_written_languages(item, (*path, at), language)


@lru_cache(_PATHS)
def _may_be_map(path: Path) -> bool:
    return _matches(path, _MAPS)


@lru_cache(_PATHS)
def _has_words(path: Path) -> bool:
    return _matches(path, _WORDS)


@lru_cache(_PATHS)
def _are_hours(path: Path) -> bool:
    return _matches(path, _HOURS)


def _matches(path: Path, patterns: tuple[Path, ...]) -> bool:
    return any(
        len(path) == len(pattern) and all(want in {ANY, step} for step, want in zip(path, pattern, strict=True))
        for pattern in patterns
    )


def _is_map(node: Node) -> TypeGuard[Mapping]:
    return isinstance(node, Mapping) and bool(node.items) and all(is_language_tag(name) for name, _, _ in node.items)


def _find_text(node: Mapping, language: str) -> Node | None:
    """Return the text of a map in a language: that of the same tag, else of one that the same readers can read."""
    texts = {name: value for name, _, value in node.items}
    if language in texts:
        return texts[language]
    return next((value for name, value in texts.items() if is_same_language(name, language)), None)
