"""Makes room in a document for what does not fit: wide tables, tall footers, and a first page that is too full."""

from handouts.pdf.layout.first_page import fit_first_page
from handouts.pdf.layout.renderer import Pages, Renderer
from handouts.pdf.layout.tall_footers import make_room_for_footers
from handouts.pdf.layout.wide_tables import WideTables


def make_room(renderer: Renderer, css: str) -> tuple[Pages, str]:
    """Lay out with some CSS, and change the tree of the document, step by step, while something does not fit.

    Return the pages, and CSS for this and all further layouts.
    """
    pages = renderer.render(css)
    room = make_room_for_footers(pages)
    if room:
        pages = renderer.render(css + room)
    wide_tables = WideTables(renderer.tree)
    while wide_tables.is_needed(pages) and wide_tables.apply():
        pages = renderer.render(css + room)
    return fit_first_page(renderer.tree, pages, lambda: renderer.render(css + room)), room
