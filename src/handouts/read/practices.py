"""The practices of a project: each profile completed by the one it extends, its files found and checked."""

from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from handouts.library import Insert, Picture, Practice
from handouts.problem import Place, Problem, did_you_mean, error, has_errors
from handouts.project import Project, is_id
from handouts.read.handout import check_notes, parse_source
from handouts.read.markdown import Source, make_body
from handouts.read.pictures import PictureFinder
from handouts.read.text import read_text
from handouts.read.validate import as_mapping, validate
from handouts.read.yaml_nodes import Mapping, Node, Scalar, merged, parse_yaml, place_of
from handouts.read.yaml_nodes import Path as NodePath
from handouts.schema.practice import PracticeFile, PracticeProfile


@dataclass(frozen=True, slots=True)
class PracticeReader:
    """Reads practices; `written` holds the YAML of each practice file that could be parsed."""

    project: Project
    parser: MarkdownIt
    pictures: PictureFinder
    written: dict[str, Mapping]

    def read(self, name: str, problems: list[Problem]) -> Practice | None:
        """Make the practice of an id; add every problem and give None if there is an error or it is abstract."""
        found: list[Problem] = []
        node = self._completed(name, (), found)
        abstract = _text(self.written[name].get("abstract")) == "true"
        practice = None
        if node is not None:
            validate(PracticeFile, self.written[name], found, partial=True)
            if not abstract and not found:
                profile = validate(PracticeProfile, node, found)
                practice = self._practice(name, node, profile, found) if profile else None
        problems.extend(found)
        return None if has_errors(found) else practice

    def _completed(self, name: str, below: tuple[str, ...], problems: list[Problem]) -> Mapping | None:
        own = self.written[name]
        base = _text(own.get("extends"))
        profile = own.without("extends", "abstract")
        if base is None:
            return profile
        place = place_of(own, ("extends",))
        if base == name or base in below:
            chain = " -> ".join([*below, name, base])
            problems.append(error("extends-loop", f"practices extend one another in a circle: {chain}", place))
            return None
        if base not in self.written:
            problems.append(
                error(
                    "unknown-practice", f'no practice "{base}"', place, did_you_mean(base, set(self.written) - {name})
                )
            )
            return None
        completed = self._completed(base, (*below, name), problems)
        return merged(completed, profile) if completed else None

    def _practice(self, name: str, node: Mapping, profile: PracticeProfile, problems: list[Problem]) -> Practice | None:
        logo = self._picture(node, ("logo",), profile.logo, problems)
        logo_black = self._picture(node, ("logo_black",), profile.logo_black, problems) if profile.logo_black else None
        fonts: dict[str, Picture] = {}
        for style, file in (profile.font.model_dump(exclude_none=True) if profile.font else {}).items():
            place = place_of(node, ("font", style))
            if font := self.pictures.font(self._folder(place), file, place, problems):
                fonts[style] = font
        inserts = [self._insert(node, index, profile, problems) for index in range(len(profile.inserts))]
        if logo is None or has_errors(problems):
            return None
        kept = tuple(insert for insert in inserts if insert)
        return Practice(name, profile, logo, logo_black, fonts, kept, self._place(name))

    def _picture(self, node: Node, path: NodePath, file: str, problems: list[Problem]) -> Picture | None:
        place = place_of(node, path)
        return self.pictures.picture(self._folder(place), file, place, problems, what="logo")

    def _insert(self, node: Node, index: int, profile: PracticeProfile, problems: list[Problem]) -> Insert | None:
        insert = profile.inserts[index]
        place = place_of(node, ("inserts", index, "file"))
        path = self._folder(place) / insert.file
        if not path.is_file():
            problems.append(error("missing-file", f"there is no insert {insert.file}", place))
            return None
        text = read_text(self.project, path, problems)
        if text is None:
            return None
        source = Source(text, path, self.project.place(path).file)
        tokens, note_tokens = parse_source(source, self.parser, problems)
        found: list[Problem] = []

        def picture(name: str, at: Place) -> Picture | None:
            return self.pictures.beside(path, name, at, problems=found)

        body = make_body(source, tokens, picture, found)
        notes = {label: make_body(source, inner, picture, found) for label, inner in note_tokens.items()}
        places = {label: source.place(inner[0]) for label, inner in note_tokens.items()}
        check_notes([body], notes, places, found)
        for token in tokens:
            if token.type == "heading_open" and token.tag in {"h1", "h2"}:
                found.append(
                    error("heading-in-insert", "an insert stands within a section", source.place(token), "use ### here")
                )
            if token.type == "container_block_open" and token.meta["name"] == "important":
                found.append(
                    error("important-in-insert", "an insert cannot have an important block", source.place(token))
                )
        problems.extend(found)
        return Insert(insert.handout, insert.section, body, notes, place)

    def _folder(self, place: Place) -> Path:
        # A value may come from the practice that is extended: its files lie beside that practice's own.
        return (self.project.root / place.file).parent

    def _place(self, name: str) -> Place:
        return Place(self.written[name].place.file, 1)


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) else None


def parse_practices(project: Project, problems: list[Problem]) -> tuple[dict[str, Mapping], set[str]]:
    """Parse every content/practices/<id>/practice.yaml; give the YAML by id, and the ids of those that are broken."""
    written: dict[str, Mapping] = {}
    broken: set[str] = set()
    for path in sorted((project.content / "practices").glob("*/practice.yaml")):
        name = path.parent.name
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
            broken.add(name)
        problems.extend(found)
    return written, broken
