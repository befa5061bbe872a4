"""Makes room for tables that are wider than their column: over all columns first, then row by row."""

from collections.abc import Iterator
from copy import deepcopy
from math import inf
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from handouts.language.punctuation import write_colon
from handouts.pdf.layout.classes import has_class

_TOLERANCE: Final = 0.5  # CSS pixels
_CELLS: Final = {"td", "th"}
_BLANK: Final = "_" * 20


class WideTables:
    """The tables of a document, which may be made narrower or get more room.

    A section with a table that is wider than its column is set over all columns: it gets an element of the classes
    `answers` and `wide` to itself. A table that is too wide even so becomes blocks, one for each row, with the headings
    before the cells, as in the text format.
    """

    def __init__(self, tree: Element) -> None:
        """Take the tree of a document."""
        self._parents = {child: parent for parent in tree.iter() for child in parent}
        self._wide: list[Element] = []

    def is_needed(self, pages: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        """Return whether a table is wider than what contains it."""
        found = (table for page in pages.document.pages for table in _find_wide_tables(page._page_box))  # noqa: SLF001 - no public way to the boxes
        self._wide = [table for table in dict.fromkeys(found) if table in self._parents]
        return bool(self._wide)

    def apply(self) -> bool:
        """Change each table that was found to be too wide; return whether anything was changed."""
        sections = {table: self._find_section(table) for table in self._wide}
        for section in dict.fromkeys(sections.values()):
            if section is not None:
                self._set_over_all_columns(section)
        for table, section in sections.items():
            if section is None:
                self._write_rows(table)
        return bool(self._wide)

    def _find_section(self, table: Element) -> Element | None:
        """Return the section of a table if it is in columns with others, and can get out of them."""
        inner, outer = table, self._parents.get(table)
        while outer is not None and not has_class(outer, "answers"):
            inner, outer = outer, self._parents.get(outer)
        return inner if outer is not None and not has_class(outer, "wide") else None

    def _set_over_all_columns(self, section: Element) -> None:
        """Split the columns around a section."""
        columns = self._parents[section]
        part = self._parents[columns]
        sections = list(columns)
        index = sections.index(section)
        wide = Element("div", {"class": "answers wide"})
        wide.append(section)
        rest = Element("div", dict(columns.items()))
        rest.extend(sections[index + 1 :])
        for moved in sections[index:]:
            columns.remove(moved)
            self._parents[moved] = rest
        self._parents |= {section: wide, wide: part, rest: part}
        place = list(part).index(columns) + 1
        part[place:place] = [wide, rest] if len(rest) else [wide]
        if not len(columns):
            part.remove(columns)

    def _write_rows(self, table: Element) -> None:
        """Replace a table by one block for each row, with the place of the row; a head without rows stays a table."""
        parent = self._parents.pop(table)  # it is not found again, whether it is replaced or not
        rows = list(table.iter("tr"))
        if len(rows) < 2:  # noqa: PLR2004 - the head and a row
            return
        headings = [cell for cell in rows[0] if cell.tag in _CELLS]
        block = Element("div", {"class": "table-rows"})
        block.tail = table.tail
        for number, row in enumerate(rows[1:]):
            place = {name: value for name, value in row.items() if name == "data-at"}
            entry = SubElement(block, "div", {"class": "table-row"} | place)
            for index, cell in enumerate(cell for cell in row if cell.tag in _CELLS):
                line = SubElement(entry, "p")
                if index < len(headings) and "".join(headings[index].itertext()).strip():
                    line.append(_copy_heading(headings[index], cell.text, keep_ids=number == 0))
                else:
                    line.text = cell.text
                line.extend(list(cell))
                if not len(cell) and not (cell.text or "").strip():
                    _add_blank(line)
        parent[list(parent).index(table)] = block


def _add_blank(line: Element) -> None:
    """Add a line to write on; it says what it is for, as blanks of authors do."""
    label = "".join(line.itertext()).strip().rstrip(":\N{FULLWIDTH COLON}")
    blank = SubElement(line, "span", {"class": "blank", "role": "img", "aria-label": label})
    blank.text = _BLANK


def _copy_heading(heading: Element, text_after: str | None, *, keep_ids: bool) -> Element:
    """Return a heading with its markup, such as the number of a citation, to stand before the text of a cell."""
    copy = deepcopy(heading)
    copy.tag = "strong"
    copy.attrib.clear()
    if not keep_ids:
        for element in copy.iter():
            element.attrib.pop("id", None)
    if len(copy):
        label = (copy[-1].tail or "").rstrip()
        copy[-1].tail = label + write_colon(label)
    else:
        label = (copy.text or "").strip()
        copy.text = label + write_colon(label)
    copy.tail = text_after
    return copy


def _find_wide_tables(box: Any, left: float = -inf, right: float = inf) -> Iterator[Element]:  # noqa: ANN401 - WeasyPrint has no types
    """Return the tables that exceed the box that contains them: on the right, from right to left on the left."""
    from weasyprint.formatting_structure.boxes import BlockContainerBox  # noqa: PLC0415 - slow, and after the fonts

    for child in getattr(box, "children", ()):
        if getattr(child, "is_table_wrapper", False):
            end = child.position_x + child.margin_width()
            is_wide = child.position_x < left - _TOLERANCE or end > right + _TOLERANCE
            if is_wide and child.element is not None:
                yield child.element
        elif isinstance(child, BlockContainerBox):
            start = child.content_box_x()
            yield from _find_wide_tables(child, start, start + child.width)
        else:
            yield from _find_wide_tables(child, left, right)
