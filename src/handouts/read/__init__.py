"""Read: the files of a project to a Library, and every problem in them in one go."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from handouts.library import Handout, Library, Practice, Reading
from handouts.problem import Place, Problem, error, has_errors
from handouts.project import SETTINGS_FILE, Project, is_id
from handouts.read.handout import read_handout
from handouts.read.inserts import InsertReader
from handouts.read.markdown import markdown_parser
from handouts.read.pictures import PictureFinder
from handouts.read.practices import PracticeReader, parse_practices
from handouts.read.references import References, read_references
from handouts.read.text import read_text
from handouts.read.validate import as_mapping, validate
from handouts.read.yaml_nodes import parse_yaml
from handouts.schema.settings import Settings

Sections = Mapping[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all handouts and practices are read with; settings or references that are broken are None."""

    project: Project
    settings: Settings | None
    references: References | None
    parser: MarkdownIt
    pictures: PictureFinder
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Practices:
    """All practices of a project, and the ids of those that are broken or abstract."""

    whole: Mapping[str, Practice]
    broken: frozenset[str]
    abstract: frozenset[str]
    problems: tuple[Problem, ...]


def read(project: Project) -> Reading:
    """Read all of a project. What is broken is left out of the library and named there; nothing stands in for it."""
    basis = read_basis(project)
    return library_of(basis, [(path, *read_file(basis, path)) for path in handout_files(project)])


def library_of(basis: Basis, files: Iterable[tuple[Path, Handout | None, tuple[Problem, ...]]]) -> Reading:
    """Make a library of the handouts that were read from files, with the practices of the project."""
    problems = list(basis.problems)
    handouts: list[Handout] = []
    broken: set[tuple[str, str]] = set()
    for path, handout, found in files:
        if handout:
            handouts.append(handout)
        else:
            broken.add((path.parent.name, path.stem))
        problems.extend(found)
    practices = read_practices(basis, sections_of(handouts, {name for name, _ in broken}))
    unique = in_order([*problems, *practices.problems])
    if basis.settings is None or basis.references is None:
        return Reading(None, unique)
    library = Library(
        basis.settings,
        basis.references.entries,
        practices.whole,
        tuple(handouts),
        frozenset(broken),
        practices.broken,
        practices.abstract,
    )
    return Reading(library, unique)


def read_basis(project: Project) -> Basis:
    """Read the settings and the references of a project."""
    problems: list[Problem] = []
    settings = _settings(project, problems)
    references = read_references(project, problems)
    pictures = PictureFinder(project, settings.pictures if settings else Settings().pictures)
    return Basis(project, settings, references, markdown_parser(), pictures, tuple(problems))


def handout_files(project: Project) -> list[Path]:
    """List the files of all handouts."""
    return sorted((project.content / "handouts").glob("[!.]*/[!.]*.md"))


def read_file(basis: Basis, path: Path) -> tuple[Handout | None, tuple[Problem, ...]]:
    """Read the file of one handout; give None if it has errors, and every problem found."""
    found: list[Problem] = []
    _check_names(path.parent.name, path.stem, basis.project.place(path), found)
    handout = read_handout(basis.project, path, basis.parser, basis.pictures, basis.references, found)
    return (None if has_errors(found) else handout), tuple(found)


def read_practices(basis: Basis, sections: Sections) -> Practices:
    """Read all practices; `sections` holds the section ids of each handout, None for one that could not be read."""
    problems: list[Problem] = []
    written, broken = parse_practices(basis.project, problems)
    inserts = InsertReader(basis.project, basis.parser, basis.pictures, basis.references, sections)
    usual = (basis.settings or Settings()).language
    reader = PracticeReader(basis.project, basis.pictures, inserts, written, frozenset(broken), usual)
    whole: dict[str, Practice] = {}
    abstract: set[str] = set()
    for name in written:
        found: list[Problem] = []
        practice = reader.read(name, found)
        if practice:
            whole[name] = practice
        elif has_errors(found):
            broken.add(name)
        else:
            abstract.add(name)
        problems.extend(found)
    return Practices(whole, frozenset(broken), frozenset(abstract), tuple(problems))


def sections_of(handouts: Iterable[Handout], broken: Collection[str]) -> Sections:
    """Give the section ids of each handout in all its languages; None if one of them could not be read."""
    sections: dict[str, frozenset[str] | None] = {}
    for handout in handouts:
        sections[handout.id] = (sections.get(handout.id) or frozenset()) | {section.id for section in handout.sections}
    return {**sections, **dict.fromkeys(broken)}


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give each problem once, those of a file from its first line to its last."""
    files: dict[str, int] = {}

    def position(problem: Problem) -> tuple[int, int, int]:
        place = problem.place or Place("")
        return files.setdefault(place.file, len(files)), place.line, place.column

    return tuple(sorted(dict.fromkeys(problems), key=position))


def _settings(project: Project, problems: list[Problem]) -> Settings | None:
    path = project.root / SETTINGS_FILE
    file = project.place(path).file
    text = read_text(project, path, problems)
    if text is None:
        return None
    found = len(problems)
    node = parse_yaml(text, file, problems)
    if node is None:
        return Settings() if len(problems) == found else None
    mapping = as_mapping(node, SETTINGS_FILE, file, problems)
    return validate(Settings, mapping, problems) if mapping else None


def _check_names(handout: str, language: str, place: Place, problems: list[Problem]) -> None:
    if not is_id(handout):
        problems.append(error("bad-id", f'the folder "{handout}" is no id', place, "small letters, digits and hyphens"))
    if not is_id(language.lower()):
        problems.append(
            error("bad-language", f'"{language}" is no language tag', place, "name the file en.md or es.md")
        )
