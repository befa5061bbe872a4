"""The practices of a project: each profile completed by the one it extends, its files found and checked."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handouts.language.tags import is_same_language
from handouts.model.library import Picture, Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, did_you_mean, error, has_errors
from handouts.read.inserts import InsertReader
from handouts.read.pictures import PictureFinder
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping, Node, Scalar, Sequence, all_places, merged, parse_yaml, place_of
from handouts.read.yaml.validate import as_mapping, validate
from handouts.schema.ids import is_id
from handouts.schema.practice import INSERTS, TEXT_FIELDS, Colors, PracticeFile, PracticeProfile


@dataclass(frozen=True, slots=True)
class PracticeReader:
    """Reads practices; `written` holds the YAML of each that could be parsed, `broken` the ids of the others.

    `usual_language` is that of practices which do not name theirs.
    """

    project: Project
    pictures: PictureFinder
    inserts: InsertReader
    written: dict[str, Mapping]
    broken: Collection[str]
    usual_language: str

    def read(self, name: str, problems: list[Problem]) -> Practice | None:
        """Make the practice of an id; add every problem and give None if there is an error or it is abstract."""
        written = self.written[name]
        links: list[Problem] = []
        node = self._completed(name, links)
        of_the_whole: list[Problem] = []
        profile = validate(PracticeProfile, node, of_the_whole) if node else None
        found: list[Problem] = []
        # A profile that was written whole, and is right, is right as it was written.
        if profile is None or written.get("extends") or written.get("abstract"):
            validate(PracticeFile, written, found, partial=True)
        found.extend(links)
        practice = None
        if node is not None and _text(written.get("abstract")) != "true":
            told = {(problem.code, problem.place) for problem in found}
            found.extend(problem for problem in of_the_whole if (problem.code, problem.place) not in told)
            practice = self._practice(name, node, profile, found)
        problems.extend(found)
        return None if has_errors(found) else practice

    def _completed(self, name: str, problems: list[Problem]) -> Mapping | None:
        """Complete a practice by the one that it extends, and that one likewise."""
        chain = [name]
        while (base := _text(self.written[chain[-1]].get("extends"))) is not None:
            place = place_of(self.written[chain[-1]], ("extends",))
            if base in chain:
                circle = " -> ".join([*chain[chain.index(base) :], base])
                problems.append(error("extends-loop", f"practices extend one another in a circle: {circle}", place))
                return None
            if base in self.broken:
                problems.append(error("broken-practice", f'the practice "{base}" has errors', place))
                return None
            if not is_id(base):
                return None  # the schema said so
            if base not in self.written:
                hint = did_you_mean(base, set(self.written) - {name})
                problems.append(error("unknown-practice", f'no practice "{base}"', place, hint))
                return None
            chain.append(base)
        completed, *below = (self.written[link].without("extends", "abstract") for link in reversed(chain))
        for own in below:
            completed = merged(completed, own)
        return completed

    def _practice(
        self, name: str, node: Mapping, profile: PracticeProfile | None, problems: list[Problem]
    ) -> Practice | None:
        logo = self._picture(node.get("logo"), problems)
        logo_black = self._picture(node.get("logo_black"), problems)
        fonts = self._fonts(node.get("font"), problems)
        listed = node.get("inserts")
        nodes = listed.items if isinstance(listed, Sequence) else ()
        of_inserts = Problems()
        inserts = tuple(insert for item in nodes if (insert := self.inserts.read(item, of_inserts)))
        problems.extend(of_inserts)
        if profile is None or logo is None or has_errors(problems):
            return None
        language = profile.language or self.usual_language
        values_at = all_places(node)
        if inherited := self._inherited_in_other_language(values_at, language):
            place = place_of(self.written[name], ("language",))
            message = f'"{name}" is in "{language}", but takes texts from a practice in another language: {inherited}'
            problems.append(error("other-language", message, place, f'write them here, in "{language}"'))
            return None
        place = Place(self.written[name].place.file, 1)
        colors_at = {color: place_of(node, ("colors", color)) for color in Colors.model_fields}
        return Practice(name, language, profile, logo, logo_black, fonts, inserts, place, colors_at, values_at)

    def _inherited_in_other_language(self, values_at: MappingOf[tuple[str | int, ...], Place], language: str) -> str:
        """Name the fields with texts for patients that come from a practice whose texts are in another language."""
        return ", ".join(
            ".".join(field)
            for field in (*TEXT_FIELDS, INSERTS)
            if field in values_at
            and not is_same_language(self._language(PurePosixPath(values_at[field].file).parent.name), language)
        )

    def _language(self, name: str) -> str:
        """Return the language that a practice names, or one that it extends, else that of the project."""
        written = self.written[name]
        base = _text(written.get("extends"))
        return _text(written.get("language")) or (self._language(base) if base else self.usual_language)

    def _picture(self, node: Node | None, problems: list[Problem]) -> Picture | None:
        file = _file(node, problems)
        if node is None or file is None:
            return None
        return self.pictures.picture(self._folder(node), file, node.place, problems, what="logo")

    def _fonts(self, node: Node | None, problems: list[Problem]) -> dict[str, Picture]:
        fonts: dict[str, Picture] = {}
        for style, _, named in node.items if isinstance(node, Mapping) else ():
            file = _file(named, problems)
            font = self.pictures.font(self._folder(named), file, named.place, problems) if file else None
            if font:
                fonts[style] = font
        return fonts

    def _folder(self, node: Node) -> Path:
        # A value may come from the practice that is extended: its files lie beside that practice's own.
        return (self.project.root / node.place.file).parent


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) else None


def _file(node: Node | None, problems: list[Problem]) -> str | None:
    """Give the name of a file, unless something is already said about it."""
    if node is None or any(problem.place == node.place for problem in problems):
        return None
    return _text(node) or None


def parse_practices(project: Project) -> tuple[dict[str, Mapping], dict[str, tuple[Problem, ...]]]:
    """Parse every content/practices/<id>/practice.yaml: the YAML by id, and the problems of those that are broken."""
    written: dict[str, Mapping] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for folder in sorted((project.content / "practices").glob("[!.]*")):
        path = folder / "practice.yaml"
        if not path.exists() and not path.is_symlink():
            continue
        name = folder.name
        found: list[Problem] = []
        file = project.place(path).file
        if not is_id(name):
            found.append(
                error("bad-id", f'the folder "{name}" is no id', Place(file, 1), "small letters, digits, hyphens")
            )
        text = read_text(project, path, found)
        node = parse_yaml(text, file, found) if text is not None else None
        mapping = as_mapping(node, "practice.yaml", file, found) if not found else None
        if mapping and not found:
            written[name] = mapping
        else:
            broken[name] = tuple(found)
    return written, broken
