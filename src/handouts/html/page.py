"""Web page: a composed document as one HTML file that needs nothing else."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from handouts.assets.bundled_fonts import bundled_font_problems
from handouts.assets.decoding import Decoded
from handouts.html.contents import Contents
from handouts.html.css_matching import Matching
from handouts.html.fonts import bundled_faces, font_faces, letters_of
from handouts.html.inspection import inspect, unknown_letters
from handouts.html.loading import Loader
from handouts.html.markup import parse, tag_of, write
from handouts.html.style_sheets import SheetWriter, strings_shown
from handouts.html.visible_text import PROPERTIES, letters_by_face, visible_text
from handouts.model.document import Asset, Composed
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.provenance.statement import HTML_PREFIX, statement
from handouts.schema.provenance import Provenance

# The second wall: whatever slipped in, a browser loads and runs nothing (Content Security Policy 3).
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


CheckPictures = Callable[[Mapping[Asset, Decoded | bytes], Problems], None]
"""Reports pictures that cannot be seen: decoded ones, or the bytes of drawings."""


def self_contained(composed: Composed, check_pictures: CheckPictures) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the page with its style sheets, pictures and fonts in it, and every problem met.

    Whether drawings can be seen is judged by `check_pictures`, for this takes an engine that paints them.
    """
    if broken := bundled_font_problems(outlines=True):
        return b"", broken
    problems: list[Problem] = []
    faces = bundled_faces(shipped() / "styles" / "fonts")
    loader = Loader(composed, faces, problems)
    root = parse(composed.html)
    letters = frozenset("".join(root.itertext())).union(*(sheet.text for sheet in composed.sheets))
    sheets = SheetWriter(loader, letters, problems)
    Contents(loader, sheets, f"{composed.root.as_uri()}/", problems).settle(root)
    style = "\n".join(sheets.sheet(sheet) for sheet in composed.sheets)
    own = [element.text or "" for element in root.iter() if tag_of(element) == "style"]

    matching = Matching(root, [style, *own], PROPERTIES)
    named = tuple(face for face in faces if any(face.family in text for text in (style, *own)))
    printed = frozenset().union(*(strings_shown(text) for text in (style, *own)))
    fonts = font_faces(letters_by_face(root, matching, named, printed))
    seen = visible_text(root, matching)
    problems.extend(inspect(root, seen, composed.required, composed.language))
    known = sheets.known.union(*(letters_of(face.path.read_bytes()) for face in faces))
    problems.extend(unknown_letters(seen, known))
    found = Problems()
    check_pictures(loader.pictures, found)
    problems.extend(found)

    _complete(root, f"{fonts}\n{style}", composed.made_from)
    return write(root).encode(), tuple(dict.fromkeys(problems))


def _complete(root: Element, style: str, made_from: Provenance | None) -> None:
    """Put encoding, policy, statement and style sheet first in the head, and take out others that a template has."""
    head = root.find("head")
    if head is None:  # the parser always makes one
        head = SubElement(root, "head")
    for meta in head.findall("meta"):
        own_name = meta.get("name", "").startswith(HTML_PREFIX)
        if "charset" in meta.attrib or "http-equiv" in meta.attrib or own_name:
            head.remove(meta)
    said = statement(made_from) if made_from else {}
    first = (
        _element("meta", charset="utf-8"),
        _element("meta", **{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        *(_element("meta", name=f"{HTML_PREFIX}{name}", content=text) for name, text in said.items()),
    )
    sheet = _element("style")
    sheet.text = f"\n{style}\n"
    own = next((index for index, element in enumerate(head) if element.tag == "style"), len(head))
    head.insert(own, sheet)  # before those of the template, which win over it, as in PDFs
    for index, element in enumerate(first):
        head.insert(index, element)


def _element(tag: str, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.tail = "\n"
    return element
