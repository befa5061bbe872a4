"""Read: the files of a project to a Library, and every problem in them in one go."""

from dataclasses import replace

from handouts.library import Body, Handout, Library, Practice, Reading
from handouts.problem import Place, Problem, did_you_mean, error, has_errors
from handouts.project import SETTINGS_FILE, Project, is_id
from handouts.read.handout import read_handout
from handouts.read.markdown import markdown_parser
from handouts.read.pictures import PictureFinder
from handouts.read.practices import PracticeReader, parse_practices
from handouts.read.references import References, check_citations, read_references
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
    broken_handouts: set[str] = set()
    for path in sorted((project.content / "handouts").glob("*/*.md")):
        found: list[Problem] = []
        _check_names(path.parent.name, path.stem, project.place(path), found)
        handout = read_handout(project, path, parser, pictures, found)
        if handout and references:
            check_citations(_bodies(handout), references, found)
        if handout and not has_errors(found):
            handouts.append(handout)
        else:
            broken_handouts.add(path.parent.name)
        problems.extend(found)

    written, broken_practices = parse_practices(project, problems)
    reader = PracticeReader(project, parser, pictures, written)
    practices: dict[str, Practice] = {}
    for name in written:
        found = []
        practice = reader.read(name, found)
        if practice and references:
            _check_inserts(practice, handouts, broken_handouts, references, found)
        if practice and not has_errors(found):
            practices[name] = practice
        elif has_errors(found):
            broken_practices.add(name)
        problems.extend(found)

    unique = tuple(dict.fromkeys(problems))
    if settings is None or references is None:
        return Reading(None, unique)
    library = Library(settings, references.entries, practices, tuple(handouts))
    return Reading(
        replace(library, broken_handouts=frozenset(broken_handouts), broken_practices=frozenset(broken_practices)),
        unique,
    )


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


def _bodies(handout: Handout) -> list[Body]:
    sections = [section.body for section in handout.sections]
    return [*sections, *(block.body for block in handout.blocks), *handout.notes.values()]


def _check_inserts(
    practice: Practice, handouts: list[Handout], broken: set[str], references: References, problems: list[Problem]
) -> None:
    for insert in practice.inserts:
        check_citations([insert.body, *insert.notes.values()], references, problems)
        named = [handout for handout in handouts if handout.id == insert.handout]
        if not named and insert.handout not in broken:
            hint = did_you_mean(insert.handout, {handout.id for handout in handouts})
            problems.append(error("unknown-handout", f'no handout "{insert.handout}"', insert.place, hint))
        sections = {section.id for handout in named for section in handout.sections}
        if named and insert.section not in sections and insert.handout not in broken:
            hint = did_you_mean(insert.section, sections)
            problems.append(error("unknown-section", f'no section "{insert.section}"', insert.place, hint))
