"""The practices of a project as they are written: one that extends another gets what it does not write itself."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Final

from handouts.language.tags import is_same_language
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.inherited_translations import keep_own_translations_unreviewed
from handouts.read.practice_texts import LanguageOfFile
from handouts.read.yaml.nodes import Mapping, Sequence, merge_mappings, place_of, text_of
from handouts.schema.ids import is_id
from handouts.schema.practice import ADDED

_SOURCE: Final = "docs/practices.md, a network and its clinics"
EXTENDS_LOOP: Final = Rule(
    "extends-loop",
    Severity.ERROR,
    title="practices that extend one another in a circle",
    why="No value can ever be found.",
    source=_SOURCE,
    message="practices extend one another in a circle: {circle}",
)
BROKEN_PRACTICE: Final = Rule(
    "broken-practice",
    Severity.ERROR,
    title="a practice that extends one with errors",
    why="Its values are not known.",
    source=_SOURCE,
    message='the practice "{practice}" has errors',
)
UNKNOWN_PRACTICE: Final = Rule(
    "unknown-practice",
    Severity.ERROR,
    title="a practice that extends one that does not exist",
    why="Its values are not known.",
    source=_SOURCE,
    message='no practice "{practice}"',
)
RULES: Final = (EXTENDS_LOOP, BROKEN_PRACTICE, UNKNOWN_PRACTICE)


@dataclass(frozen=True, slots=True)
class WrittenPractices:
    """The YAML of each practice that could be parsed, by id, and the ids of those that are `broken`.

    `default_language` is that of practices which do not name theirs.
    """

    mappings: MappingOf[str, Mapping]
    broken: Collection[str]
    default_language: str

    def complete(self, name: str, problems: Problems) -> Mapping | None:
        """Return the values of a practice, completed by those of the practices that it extends, directly or not."""
        chain = [name]
        while (base := text_of(self.mappings[chain[-1]].get("extends"))) is not None:
            place = place_of(self.mappings[chain[-1]], ("extends",))
            if base in chain:
                circle = " -> ".join([*chain[chain.index(base) :], base])
                problems.add(EXTENDS_LOOP.at(place, circle=circle))
                return None
            if base in self.broken:
                problems.add(BROKEN_PRACTICE.at(place, practice=base))
                return None
            if not is_id(base):
                return None  # reported by the schema
            if base not in self.mappings:
                hint = did_you_mean(base, set(self.mappings) - {name})
                problems.add(UNKNOWN_PRACTICE.at(place, practice=base, hint=hint))
                return None
            chain.append(base)
        completed, *below = (self.mappings[link].without("extends", "abstract") for link in reversed(chain))
        for own, link in zip(below, reversed(chain[:-1]), strict=True):
            inherited = completed
            completed = keep_own_translations_unreviewed(completed, own, self.find_language(link))
            completed = merge_mappings(completed, own)
            # These are added to those of the network, except to texts in another language.
            if is_same_language(self.find_language(chain[chain.index(link) + 1]), self.find_language(link)):
                for field in ADDED:
                    texts, more = inherited.get(field), own.get(field)
                    if isinstance(texts, Sequence) and isinstance(more, Sequence):
                        both = Sequence((*texts.items, *more.items), more.place)
                        completed = merge_mappings(completed, Mapping(((field, more.place, both),), own.place))
        return completed

    def find_language(self, name: str) -> str:
        """Return the language that a practice names, or one that it extends, else that of the project."""
        passed: set[str] = set()
        link: str | None = name
        while link is not None and link in self.mappings and link not in passed:
            if language := text_of(self.mappings[link].get("language")):
                return language
            passed.add(link)
            link = text_of(self.mappings[link].get("extends"))
        return self.default_language

    @property
    def language_of_file(self) -> LanguageOfFile:
        """The language of plain texts in a practice.yaml, which may be one that is extended."""
        find = cache(lambda file: self.find_language(PurePosixPath(file).parent.name))
        return lambda place: find(place.file)
