"""The context for reading handouts and practices: settings, references, parser and picture finder."""

from dataclasses import dataclass

from markdown_it import MarkdownIt

from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.read.markdown.parser import make_parser
from handouts.read.pictures import PictureFinder
from handouts.read.references import References, read_references
from handouts.read.yaml.load import load_yaml_file
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadContext:
    """The context for reading all handouts and practices; `settings` is None if handouts.yaml has errors."""

    project: Project
    settings: Settings | None
    references: References
    parser: MarkdownIt
    pictures: PictureFinder
    problems: tuple[Problem, ...]

    @property
    def usual_settings(self) -> Settings:
        """The settings, or the defaults if handouts.yaml has errors."""
        return self.settings or Settings()


def read_context(project: Project) -> ReadContext:
    """Read the settings and the references of a project."""
    problems = Problems()
    loaded = load_yaml_file(Settings, project, project.root / SETTINGS_FILE, problems, may_be_empty=True)
    settings = loaded.value if loaded else None
    references = read_references(project, problems)
    pictures = PictureFinder(project, (settings or Settings()).pictures)
    return ReadContext(project, settings, references, make_parser(), pictures, problems.as_tuple())
