"""Composed documents of a generated project, for what is measured without `handouts build`."""

from dataclasses import dataclass
from pathlib import Path

from handouts.build.pipeline import Pipeline
from handouts.model.document import Composed
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project, shipped
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.read.project import read_project

FONTS = shipped() / "styles" / "fonts"


@dataclass(frozen=True, slots=True)
class Print:
    """What of the handout is printed, by the arguments of `handouts build` and by section."""

    name: str
    sections: tuple[str, ...]

    @property
    def arguments(self) -> tuple[str, ...]:
        """The options that choose the sections."""
        return tuple(word for section in self.sections for word in ("-s", section))


ONE_SECTION = Print("3 pages", ("fracture-risk",))
WHOLE = Print("whole handout", ())


def composed(root: Path, printed: Print, form: str = "handout") -> list[Composed]:
    """Compose the handout of a project for each of its practices, in a format."""
    project = Project(root.resolve())
    library = read_project(project).library
    if library is None:
        raise SystemExit("the project cannot be read")
    pipeline = Pipeline(project, library.references)
    edition = Edition(formats(library.settings)[form], PrintOptions("letter"))
    selection = select(library.handouts[0], printed.sections)
    documents: list[Composed] = []
    for practice in library.practices.values():
        composition = pipeline.compose(number(selection, practice.inserts), practice, edition)
        if composition.document is None:
            raise SystemExit(f"the handout cannot be composed: {composition.problems}")
        documents.append(composition.document)
    return documents


def page(document: Composed) -> str:
    """Return a document as one HTML file that holds its style sheets."""
    images = f"url({(shipped() / 'styles' / 'images').as_uri()}/"
    sheets = "".join(f"<style>{sheet.text}</style>" for sheet in document.sheets)
    return document.html.replace("</head>", sheets.replace("url(images/", images) + "</head>")
