"""The practices of a project: content/practices/<id>/practice.yaml, parsed all together and then read one by one.

They are parsed together because a practice may extend another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from handouts.model.library import Practice
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, select_errors
from handouts.read.context import ReadContext
from handouts.read.handout_files import SectionIds
from handouts.read.inserts import InsertReader
from handouts.read.practice import PracticeReader
from handouts.read.slow_files import read_with_time_limit
from handouts.read.stray_problems import Stray
from handouts.read.text_file import read_text
from handouts.read.written_practices import WrittenPractices
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.schema.ids import BAD_ID, is_id


@dataclass(frozen=True, slots=True)
class Practices:
    """All practices of a project: valid ones (`whole`), broken ones with their errors, and the ids of abstract ones."""

    whole: Mapping[str, Practice]
    broken: Mapping[str, tuple[Problem, ...]]
    abstract: frozenset[str]
    problems: tuple[Problem, ...]


def read_practices(
    context: ReadContext,
    sections: SectionIds,
    replaceable: Collection[tuple[str, str]],
    strays: Iterable[Stray],
) -> Practices:
    """Read all practices; inserts are checked against `sections` and those that are `replaceable`.

    A stray file that should be the practice.yaml of a practice breaks that practice.
    """
    mappings: dict[str, YamlMapping] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for path in _find_practice_files(context.project):
        own_problems = Problems()
        mapping = _parse_practice(context.project, path, own_problems)
        if mapping:
            mappings[path.parent.name] = mapping
        else:
            broken[path.parent.name] = own_problems.as_tuple()
    for stray in strays:
        if stray.practice:
            mappings.pop(stray.practice, None)
            broken[stray.practice] = (*broken.get(stray.practice, ()), stray.problem)
    problems = Problems(problem for of_practice in broken.values() for problem in of_practice)

    inserts = InsertReader(context, sections, replaceable)
    settings = context.usual_settings
    base_url = settings.publish.base_url if settings.publish else ""
    written = WrittenPractices(mappings, frozenset(broken), settings.language)
    reader = PracticeReader(context.project, context.pictures, inserts, written, context.language_fonts, base_url)
    whole: dict[str, Practice] = {}
    abstract: set[str] = set()
    for name in mappings:
        own_problems = Problems()
        path = context.project.content / "practices" / name / "practice.yaml"
        practice = read_with_time_limit(context.project, path, partial(reader.read, name, own_problems), own_problems)
        if practice:
            whole[name] = practice
        elif own_problems.has_errors:
            broken[name] = own_problems.as_tuple()
        else:
            abstract.add(name)
        problems.extend(own_problems)
    errors = {name: select_errors(of_practice) for name, of_practice in sorted(broken.items())}
    return Practices(whole, errors, frozenset(abstract), problems.as_tuple())


def _find_practice_files(project: Project) -> list[Path]:
    paths = ((folder / "practice.yaml") for folder in sorted((project.content / "practices").glob("[!.]*")))
    return [path for path in paths if path.exists() or path.is_symlink()]


def _parse_practice(project: Project, path: Path, problems: Problems) -> YamlMapping | None:
    """Parse a practice.yaml; return None if it has errors, or the name of its folder is not an id."""
    own_problems = Problems()
    file = project.place(path).file
    if not is_id(path.parent.name):
        hint = "rename the folder: lowercase letters, digits and hyphens"
        own_problems.add(BAD_ID.at(Place(file, 1), id=path.parent.name, hint=hint))

    def parse() -> YamlMapping | None:
        text = read_text(project, path, own_problems)
        return parse_mapping(text, file, own_problems) if text is not None else None

    mapping = read_with_time_limit(project, path, parse, own_problems)
    problems.extend(own_problems)
    return None if own_problems.has_errors else mapping
