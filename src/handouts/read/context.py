"""The context for reading handouts and practices: settings, references, parser and picture finder."""

from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt

from handouts.model.library import FontFiles
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.read.markdown.parser import make_parser
from handouts.read.pictures import PictureFinder
from handouts.read.references import References, read_references
from handouts.read.yaml.load import load_yaml_file
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadContext:
    """The context for reading all handouts and practices; `settings` is None if handouts.yaml has errors."""

    project: Project
    settings: Settings | None
    references: References
    parser: MarkdownIt
    pictures: PictureFinder
    language_fonts: Mapping[str, FontFiles]
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
    pictures = PictureFinder(project, (settings or Settings()).pictures)
    fonts = _find_language_fonts(pictures, loaded.node, problems) if loaded else {}
    if problems.has_errors:
        settings = None  # a language must not be set in another font than the one that is named
    references = read_references(project, problems)
    return ReadContext(project, settings, references, make_parser(), pictures, fonts, problems.as_tuple())


def _find_language_fonts(pictures: PictureFinder, node: YamlMapping, problems: Problems) -> dict[str, FontFiles]:
    """Return the files that the settings name in `fonts`, by language."""
    fonts = node.get("fonts")
    listed = fonts.items if isinstance(fonts, YamlMapping) else ()
    return {
        language: pictures.find_fonts(font, lambda _: pictures.project.root, problems) for language, _, font in listed
    }
