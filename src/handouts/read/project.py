"""Read: the files of a project to a Library, and every problem in them in one go."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt

from handouts.model.library import Handout, Library, Practice, Reading
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, error, errors_of, has_errors
from handouts.read.file_names import is_left_behind, names_language
from handouts.read.handout import read_handout
from handouts.read.inserts import InsertReader
from handouts.read.markdown.parser import make_parser
from handouts.read.pictures import PictureFinder
from handouts.read.practices import PracticeReader, parse_practices
from handouts.read.references import References, cites_references, inserts_cite_references, read_references
from handouts.read.stray_files import Stray, copies_of_texts, stray_files
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import parse_yaml
from handouts.read.yaml.validate import as_mapping, validate
from handouts.schema.ids import is_id
from handouts.schema.settings import Settings

Sections = Mapping[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all handouts and practices are read with; settings that are broken are None."""

    project: Project
    settings: Settings | None
    references: References
    parser: MarkdownIt
    pictures: PictureFinder
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Practices:
    """All practices of a project: whole ones, broken ones with their errors, and the ids of abstract ones."""

    whole: Mapping[str, Practice]
    broken: Mapping[str, tuple[Problem, ...]]
    abstract: frozenset[str]
    problems: tuple[Problem, ...]


def read(project: Project) -> Reading:
    """Read all of a project. What is broken is left out of the library and named there; nothing stands in for it."""
    basis = read_basis(project)
    return library_of(basis, [(path, *read_file(basis, path)) for path in handout_files(project)])


def library_of(basis: Basis, files: Iterable[tuple[Path, Handout | None, tuple[Problem, ...]]]) -> Reading:
    """Make a library of the handouts that were read from files, with the practices of the project."""
    settings = basis.settings or Settings()
    strays = tuple(stray_files(basis.project, settings.language, settings.formats))
    problems = [*basis.problems, *(stray.problem for stray in strays)]
    broken: dict[tuple[str, str], tuple[Problem, ...]] = {}
    for stray in strays:
        if stray.handout:
            broken[stray.handout] = (*broken.get(stray.handout, ()), stray.problem)
    handouts: list[Handout] = []
    for path, handout, found in files:
        name = path.parent.name, path.stem
        # Beside a stray file that was meant as the same text, nobody can tell which of the two is right.
        if handout and name not in broken:
            handouts.append(handout)
        else:
            broken[name] = (*broken.get(name, ()), *errors_of(found))
        problems.extend(found)
    practices = read_practices(basis, sections_of(handouts, {name for name, _ in broken}), strays)
    problems.extend(practices.problems)
    library = Library(
        settings,
        basis.references.entries,
        practices.whole,
        tuple(handouts),
        broken,
        practices.broken,
        practices.abstract,
    )
    stray_lists = tuple(stray.problem for stray in strays if stray.references)
    library = _without_citing(library, (*basis.references.unreadable, *stray_lists))
    of_project = tuple(stray.problem for stray in strays if stray.is_of_project)
    if basis.settings and not of_project:
        return Reading(library, in_order(problems))
    return Reading(None, in_order(problems), _outline(library, (*basis.problems, *of_project)))


def _without_citing(library: Library, errors: tuple[Problem, ...]) -> Library:
    """Move handouts and practices that cite references to the broken ones if errors keep the list from being read."""
    if not errors:
        return library
    citing = {(handout.id, handout.language): errors for handout in library.handouts if cites_references(handout)}
    with_citing_inserts = {
        name: errors for name, practice in library.practices.items() if inserts_cite_references(practice)
    }
    return replace(
        library,
        handouts=tuple(one for one in library.handouts if (one.id, one.language) not in citing),
        practices={name: one for name, one in library.practices.items() if name not in with_citing_inserts},
        broken_handouts={**library.broken_handouts, **citing},
        broken_practices={**library.broken_practices, **with_citing_inserts},
    )


def _outline(library: Library, problems: Iterable[Problem]) -> Library:
    """Count every handout and practice as broken, by errors of the project as a whole."""
    errors = errors_of(problems)
    return replace(
        library,
        practices={},
        handouts=(),
        broken_handouts={
            **{(handout.id, handout.language): errors for handout in library.handouts},
            **library.broken_handouts,
        },
        broken_practices={**dict.fromkeys(library.practices, errors), **library.broken_practices},
    )


def read_basis(project: Project) -> Basis:
    """Read the settings and the references of a project."""
    problems: list[Problem] = []
    settings = _settings(project, problems)
    of_references = Problems()
    references = read_references(project, of_references)
    problems.extend(of_references)
    pictures = PictureFinder(project, settings.pictures if settings else Settings().pictures)
    return Basis(project, settings, references, make_parser(), pictures, tuple(problems))


def handout_files(project: Project) -> list[Path]:
    """List the files of all handouts, without copies and files that programs left behind."""
    folders: dict[Path, list[str]] = {}
    for path in (project.content / "handouts").glob("[!.]*/[!.]*.md"):
        if not is_left_behind(path.name):
            folders.setdefault(path.parent, []).append(path.name)
    return sorted(
        folder / name for folder, names in folders.items() for name in set(names) - copies_of_texts(names).keys()
    )


def read_file(basis: Basis, path: Path) -> tuple[Handout | None, tuple[Problem, ...]]:
    """Read the file of one handout; give None if it has errors, and every problem found."""
    found: list[Problem] = []
    _check_names(path.parent.name, path.stem, basis.project.place(path), found)
    of_text = Problems()
    handout = read_handout(basis.project, path, basis.parser, basis.pictures, basis.references, of_text)
    found.extend(of_text)
    return (None if has_errors(found) else handout), tuple(found)


def read_practices(basis: Basis, sections: Sections, strays: Iterable[Stray] = ()) -> Practices:
    """Read all practices; `sections` holds the section ids of each handout, None for one that could not be read.

    A practice is broken by a stray file that was meant as its practice.yaml.
    """
    problems: list[Problem] = []
    written, broken = parse_practices(basis.project)
    for stray in strays:
        if stray.practice:
            written.pop(stray.practice, None)
            broken[stray.practice] = (*broken.get(stray.practice, ()), stray.problem)
    problems.extend(problem for found in broken.values() for problem in found)
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
            broken[name] = tuple(found)
        else:
            abstract.add(name)
        problems.extend(found)
    errors = {name: errors_of(found) for name, found in sorted(broken.items())}
    return Practices(whole, errors, frozenset(abstract), tuple(problems))


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
    if not names_language(language):
        lower = language.lower()
        hint = f"rename it to {lower}.md" if names_language(lower) else "name the file en.md or es.md"
        problems.append(error("bad-language", f'"{language}" is no language tag', place, hint))
