"""What an output is: one handout, in one language and format, on one paper, in one ink."""

from collections.abc import Mapping
from dataclasses import dataclass

from handouts.schema.base import Ink, Paper
from handouts.schema.settings import FormatSettings, Settings

# Their templates and style sheets are shipped; a project adds its own in handouts.yaml.
_SHIPPED = {
    "handout": FormatSettings(title="Handout on full pages, Letter or A4"),
    "large-print": FormatSettings(title="Large print: 18 point, one column", citations="brackets", contrast=7),
    "html": FormatSettings(title="Web page in one file, for a portal or e-mail", file="html"),
    "text": FormatSettings(title="Plain text for patient messages", file="txt", citations="brackets"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output: its template and style sheet share its name."""

    name: str
    settings: FormatSettings

    @property
    def template(self) -> str:
        """The Jinja2 template, in templates/."""
        return f"{self.name}.html.j2"

    @property
    def sheet(self) -> str:
        """The style sheet, in styles/."""
        return f"{self.name}.css"


@dataclass(frozen=True, slots=True)
class Edition:
    """How a handout is printed."""

    format: Format
    paper: Paper
    ink: Ink = "color"


def formats(settings: Settings) -> Mapping[str, Format]:
    """Give the formats that a project can print, by name: the shipped ones and its own."""
    return {name: Format(name, chosen) for name, chosen in {**_SHIPPED, **settings.formats}.items()}
