"""The handout of a small project composed in a format, in this process."""

from collections.abc import Collection
from dataclasses import replace

from handouts.build.pipeline import Pipeline
from handouts.model.document import Composed, Makeup, Sheet
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.problems.collector import Problems
from handouts.text.plain_text import write_plain_text
from support.projects import SmallProject


def composed_as(project: SmallProject, form: str, css: str = "", sections: Collection[str] = ()) -> Composed:
    """Compose the handout with some CSS after its style sheets; a leaflet gets as many panels as it takes."""
    library = project.read().library
    assert library is not None, project.problems()
    (handout,), (practice,) = library.handouts, library.practices.values()
    edition = Edition(formats(library.settings)[form], PrintOptions("letter", "color"))
    numbered = number_for(select(handout, sections), practice)
    composition = Pipeline(Project(project.root), library.references).compose(numbered, practice, edition)
    composed = composition.document
    assert composed is not None, composition.problems
    return replace(composed, makeup=Makeup(), sheets=(*composed.sheets, Sheet("own.css", css, project.root)))


def page_and_text(project: SmallProject) -> tuple[str, str]:
    """Compose the handout as a web page, and as plain text."""
    text = write_plain_text(composed_as(project, "text"), Problems())
    return composed_as(project, "html").html, text.decode()
