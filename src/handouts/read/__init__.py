"""Read: the files of a project to a Library, and every problem in them in one go."""

from handouts.library import Handout, Library, Practice, Reading
from handouts.problem import Place, Problem, error, has_errors
from handouts.project import SETTINGS_FILE, Project, is_id
from handouts.read.handout import read_handout
from handouts.read.inserts import InsertReader
from handouts.read.markdown import markdown_parser
from handouts.read.pictures import PictureFinder
from handouts.read.practices import PracticeReader, parse_practices
from handouts.read.references import read_references
from handouts.read.text import read_text
from handouts.read.validate import as_mapping, validate
from handouts.read.yaml_nodes import parse_yaml
from handouts.schema.settings import Settings


def read(project: Project) -> Reading:
    """Read all of a project. What is broken is left out of the library and named there; nothing stands in for it."""
    problems: list[Problem] = []
    settings = _settings(project, problems)
    references = read_references(project, problems)
    parser = markdown_parser()
    pictures = PictureFinder(project, settings.pictures if settings else Settings().pictures)

    handouts: list[Handout] = []
    broken_handouts: set[tuple[str, str]] = set()
    for path in sorted((project.content / "handouts").glob("[!.]*/[!.]*.md")):
        found: list[Problem] = []
        _check_names(path.parent.name, path.stem, project.place(path), found)
        handout = read_handout(project, path, parser, pictures, references, found)
        if handout and not has_errors(found):
            handouts.append(handout)
        else:
            broken_handouts.add((path.parent.name, path.stem))
        problems.extend(found)

    written, broken_practices = parse_practices(project, problems)
    inserts = InsertReader(
        project, parser, pictures, references, _sections(handouts, {name for name, _ in broken_handouts})
    )
    reader = PracticeReader(project, pictures, inserts, written, frozenset(broken_practices))
    practices: dict[str, Practice] = {}
    abstract_practices: set[str] = set()
    for name in written:
        found = []
        practice = reader.read(name, found)
        if practice:
            practices[name] = practice
        elif has_errors(found):
            broken_practices.add(name)
        else:
            abstract_practices.add(name)
        problems.extend(found)

    unique = _in_order(problems)
    if settings is None or references is None:
        return Reading(None, unique)
    library = Library(
        settings,
        references.entries,
        practices,
        tuple(handouts),
        frozenset(broken_handouts),
        frozenset(broken_practices),
        frozenset(abstract_practices),
    )
    return Reading(library, unique)


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


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Give each problem once, those of a file from its first line to its last."""
    files: dict[str, int] = {}

    def position(problem: Problem) -> tuple[int, int, int]:
        place = problem.place or Place("")
        return files.setdefault(place.file, len(files)), place.line, place.column

    return tuple(sorted(dict.fromkeys(problems), key=position))


def _sections(handouts: list[Handout], broken: set[str]) -> dict[str, frozenset[str] | None]:
    """Give the section ids of each handout in all its languages; None if one of them could not be read."""
    sections: dict[str, frozenset[str] | None] = {}
    for handout in handouts:
        sections[handout.id] = (sections.get(handout.id) or frozenset()) | {section.id for section in handout.sections}
    return {**sections, **dict.fromkeys(broken)}
