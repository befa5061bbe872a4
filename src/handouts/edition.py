"""What an output is: one handout, in one language and format, on one paper, in one ink."""

from dataclasses import dataclass

from handouts.schema.base import Ink, Paper


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output: its template and style sheet share its name."""

    name: str
    title: str
    extension: str

    @property
    def template(self) -> str:
        """The Jinja2 template, in templates/."""
        return f"{self.name}.html.j2"

    @property
    def sheet(self) -> str:
        """The style sheet, in styles/."""
        return f"{self.name}.css"


FORMATS = {"handout": Format("handout", "Handout on full pages, Letter or A4", "pdf")}


@dataclass(frozen=True, slots=True)
class Edition:
    """How a handout is printed."""

    format: Format
    paper: Paper
    ink: Ink = "color"
