"""Makes room in a document for what does not fit: wide tables, and a first page that is too full."""

from handouts.pdf.layout.first_page import FirstPage
from handouts.pdf.layout.renderer import Pages, Renderer
from handouts.pdf.layout.wide_tables import WideTables


def make_room(renderer: Renderer, css: str) -> Pages:
    """Lay out with some CSS, and change the tree of the document, step by step, while something does not fit."""
    pages = renderer.render(css)
    for remedy in (WideTables(renderer.tree), FirstPage(renderer.tree)):
        while remedy.is_needed(pages) and remedy.apply():
            pages = renderer.render(css)
    return pages
