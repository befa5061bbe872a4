"""Writes a composed document as one self-contained HTML file."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from handouts.assets.bundled_fonts import SYMBOL_FONT, check_bundled_fonts
from handouts.assets.decoding import Decoded
from handouts.html.contents import PageContents
from handouts.html.css_matching import Matching
from handouts.html.fonts import Face, read_bundled_faces, read_letters, write_font_faces
from handouts.html.inspection import check_accessibility, check_letters, check_required_texts
from handouts.html.loading import Loader
from handouts.html.markup import get_tag, parse_html, write_html
from handouts.html.style_sheets import SheetEmbedder, collect_strings
from handouts.html.visible_text import PROPERTIES, collect_letters_by_face, extract_visible_text
from handouts.model.document import Asset, Composed
from handouts.model.project import shipped
from handouts.problems.collector import Problems
from handouts.provenance.statement import HTML_PREFIX, make_statement
from handouts.schema.provenance import Provenance

# A second defense: even if something got in, browsers load and run nothing (Content Security Policy Level 3).
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)

CheckPictures: TypeAlias = Callable[[Mapping[Asset, Decoded | bytes], Problems], None]
"""Reports pictures that show nothing: decoded ones, or the bytes of drawings."""


def write_web_page(composed: Composed, check_pictures: CheckPictures, problems: Problems) -> bytes:
    """Return the page with its style sheets, pictures and fonts embedded.

    `check_pictures` reports pictures that show nothing, because this takes an engine that paints them.
    """
    if broken_fonts := check_bundled_fonts(outlines=True):
        problems.extend(broken_fonts)
        return b""
    page_problems = Problems()
    faces = read_bundled_faces(shipped() / "styles" / "fonts")
    loader = Loader(composed, faces, page_problems)
    root = parse_html(composed.html)
    letters = frozenset("".join(root.itertext())).union(*(sheet.text for sheet in composed.sheets))
    embedder = SheetEmbedder(loader, letters, page_problems)
    PageContents(loader, embedder, f"{composed.root.as_uri()}/", page_problems).check_and_embed(root)
    sheets = [embedder.embed_sheet(sheet) for sheet in composed.sheets]
    styles = [*sheets, *(element.text or "" for element in root.iter() if get_tag(element) == "style")]

    matching = Matching(root, styles, PROPERTIES)
    named_faces = tuple(face for face in faces if any(face.family in text for text in styles))
    added_letters = frozenset[str]().union(*map(collect_strings, styles))
    letters_by_face = collect_letters_by_face(root, matching, named_faces, added_letters)
    fonts = write_font_faces(_select_needed_letters(letters_by_face))

    visible_text = extract_visible_text(root, matching)
    check_required_texts(visible_text, composed.required, page_problems)
    check_accessibility(root, composed.language, page_problems)
    font_letters = embedder.font_letters.union(*(read_letters(face.path.read_bytes()) for face in faces))
    check_letters(visible_text, font_letters, page_problems)
    check_pictures(loader.pictures, page_problems)

    _complete_head(root, "\n".join((fonts, *sheets)), composed.made_from)
    problems.extend(dict.fromkeys(page_problems))  # one address is reported once, however often it is used
    return write_html(root).encode()


def _select_needed_letters(letters_by_face: Mapping[Face, frozenset[str]]) -> dict[Face, frozenset[str]]:
    """Return letters by face; the face of signs only has those that it is for, and is left out without any."""
    needed = dict(letters_by_face)
    for face, letters in letters_by_face.items():
        if face.family == SYMBOL_FONT:
            signs = letters & read_letters(face.path.read_bytes())
            needed |= {face: signs}
            if not signs:
                del needed[face]
    return needed


def _complete_head(root: Element, style: str, made_from: Provenance | None) -> None:
    """Put encoding, policy, statement and style sheet first in the head, and remove those of the template."""
    head = root.find("head")
    if head is None:  # the parser always adds one
        head = SubElement(root, "head")
    for meta in head.findall("meta"):
        is_statement = meta.get("name", "").startswith(HTML_PREFIX)
        if "charset" in meta.attrib or "http-equiv" in meta.attrib or is_statement:
            head.remove(meta)
    fields = make_statement(made_from) if made_from else {}
    first = (
        _make_element("meta", charset="utf-8"),
        _make_element("meta", **{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        *(_make_element("meta", name=f"{HTML_PREFIX}{name}", content=text) for name, text in fields.items()),
    )
    sheet = _make_element("style")
    sheet.text = f"\n{style}\n"
    position = next((index for index, element in enumerate(head) if element.tag == "style"), len(head))
    head.insert(position, sheet)  # before those of the template, which override it, as in PDFs
    for index, element in enumerate(first):
        head.insert(index, element)


def _make_element(tag: str, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.tail = "\n"
    return element
