"""Read one practice: its profile completed by the practice that it extends, its files found and checked."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from handouts.language.tags import is_same_language
from handouts.model.library import Picture, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.inserts import InsertReader
from handouts.read.pictures import PictureFinder
from handouts.read.yaml.nodes import Mapping, Node, Sequence, all_places, merged, place_of, text_of
from handouts.read.yaml.validate import validate
from handouts.schema.ids import is_id
from handouts.schema.practice import INSERTS, TEXT_FIELDS, Colors, PracticeFile, PracticeProfile

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
INHERITED_LANGUAGE: Final = Rule(
    "inherited-language",
    Severity.ERROR,
    title="a practice that inherits texts in another language",
    why="In an emergency, patients would not understand whom to call, or when.",
    source="45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md",
    message='"{practice}" is in "{language}", but inherits texts from a practice in another language: {fields}',
    hint='write them here, in "{language}"',
)
RULES: Final = (EXTENDS_LOOP, BROKEN_PRACTICE, UNKNOWN_PRACTICE, INHERITED_LANGUAGE)


@dataclass(frozen=True, slots=True)
class PracticeReader:
    """Reads practices; `written` holds the YAML of each that could be parsed, `broken` the ids of the others.

    `default_language` is that of practices which do not name theirs.
    """

    project: Project
    pictures: PictureFinder
    inserts: InsertReader
    written: MappingOf[str, Mapping]
    broken: Collection[str]
    default_language: str

    def read(self, name: str, problems: Problems) -> Practice | None:
        """Read the practice of an id; return None if it has errors or is abstract."""
        written = self.written[name]
        of_links, of_profile, found = Problems(), Problems(), Problems()
        node = self._complete(name, of_links)
        profile = validate(PracticeProfile, node, of_profile) if node else None
        # A profile that extends no other, is not abstract and has no errors needs no second look.
        if profile is None or written.get("extends") or written.get("abstract"):
            validate(PracticeFile, written, found, partial=True)
        found.extend(of_links)
        practice = None
        if node is not None and text_of(written.get("abstract")) != "true":
            reported = {(problem.code, problem.place) for problem in found}
            found.extend(problem for problem in of_profile if (problem.code, problem.place) not in reported)
            practice = self._build(name, node, profile, found)
        problems.extend(found)
        return None if found.has_errors else practice

    def _complete(self, name: str, problems: Problems) -> Mapping | None:
        """Return the values of a practice, completed by those of the practices that it extends, directly or not."""
        chain = [name]
        while (base := text_of(self.written[chain[-1]].get("extends"))) is not None:
            place = place_of(self.written[chain[-1]], ("extends",))
            if base in chain:
                circle = " -> ".join([*chain[chain.index(base) :], base])
                problems.add(EXTENDS_LOOP.at(place, circle=circle))
                return None
            if base in self.broken:
                problems.add(BROKEN_PRACTICE.at(place, practice=base))
                return None
            if not is_id(base):
                return None  # reported by the schema
            if base not in self.written:
                hint = did_you_mean(base, set(self.written) - {name})
                problems.add(UNKNOWN_PRACTICE.at(place, practice=base, hint=hint))
                return None
            chain.append(base)
        completed, *below = (self.written[link].without("extends", "abstract") for link in reversed(chain))
        for own in below:
            completed = merged(completed, own)
        return completed

    def _build(self, name: str, node: Mapping, profile: PracticeProfile | None, problems: Problems) -> Practice | None:
        """Find the files of a practice and build it; `problems` holds those found in its fields."""
        logo = self._find_logo(node.get("logo"), problems)
        logo_black = self._find_logo(node.get("logo_black"), problems)
        fonts = self._find_fonts(node.get("font"), problems)
        listed = node.get("inserts")
        nodes = listed.items if isinstance(listed, Sequence) else ()
        inserts = tuple(insert for item in nodes if (insert := self.inserts.read(item, problems)))
        if profile is None or logo is None or problems.has_errors:
            return None
        language = profile.language or self.default_language
        values_at = all_places(node)
        if fields := self._fields_in_other_language(values_at, language):
            place = place_of(self.written[name], ("language",))
            problems.add(INHERITED_LANGUAGE.at(place, practice=name, language=language, fields=fields))
            return None
        place = Place(self.written[name].place.file, 1)
        colors_at = {color: place_of(node, ("colors", color)) for color in Colors.model_fields}
        return Practice(name, language, profile, logo, logo_black, fonts, inserts, place, colors_at, values_at)

    def _fields_in_other_language(self, values_at: MappingOf[tuple[str | int, ...], Place], language: str) -> str:
        """Return the names of fields for patients that come from a practice whose texts are in another language."""
        return ", ".join(
            ".".join(field)
            for field in (*TEXT_FIELDS, INSERTS)
            if field in values_at
            and not is_same_language(self._language_of(PurePosixPath(values_at[field].file).parent.name), language)
        )

    def _language_of(self, name: str) -> str:
        """Return the language that a practice names, or one that it extends, else that of the project."""
        written = self.written[name]
        base = text_of(written.get("extends"))
        return text_of(written.get("language")) or (self._language_of(base) if base else self.default_language)

    def _find_logo(self, node: Node | None, problems: Problems) -> Picture | None:
        file = _file_name(node, problems)
        if node is None or file is None:
            return None
        return self.pictures.find_picture(self._folder_of(node), file, node.place, problems)

    def _find_fonts(self, node: Node | None, problems: Problems) -> dict[str, Picture]:
        fonts: dict[str, Picture] = {}
        for style, _, value in node.items if isinstance(node, Mapping) else ():
            file = _file_name(value, problems)
            font = self.pictures.find_font(self._folder_of(value), file, value.place, problems) if file else None
            if font:
                fonts[style] = font
        return fonts

    def _folder_of(self, node: Node) -> Path:
        # A value may come from the practice that is extended: its files are beside that practice.yaml.
        return (self.project.root / node.place.file).parent


def _file_name(node: Node | None, problems: Problems) -> str | None:
    """Return the name of a file, or None if there is none or it has been reported already."""
    if node is None or any(problem.place == node.place for problem in problems):
        return None
    return text_of(node) or None
