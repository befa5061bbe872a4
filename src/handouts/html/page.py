"""Writes a composed document as one self-contained HTML file."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from handouts.assets.bundled_fonts import SYMBOL_FONT, check_bundled_fonts
from handouts.assets.decoding import Decoded
from handouts.compose.html_tree import parse_slotted, parse_start, parse_tree
from handouts.compose.slotted_html import EMPTY_SLOT, SLOT_TAG, SlottedHtml, cut_slots
from handouts.html.css_matching import match_sheets
from handouts.html.embedding import embed_files, read_faces
from handouts.html.fonts import (
    Face,
    read_letters,
    write_font_faces,
)
from handouts.html.head import complete_head
from handouts.html.inspection import check_accessibility, check_letters, check_required_texts, normalize
from handouts.html.markup import get_tag, replace_invalid_characters, write_html
from handouts.html.page_bodies import PageBody, WrittenSlot, find_body, find_files, keep_body
from handouts.html.page_text import has_broken_links, read_head
from handouts.html.style_sheets import collect_strings
from handouts.html.visible_text import PROPERTIES, collect_letters_by_face, extract_visible_text
from handouts.model.document import Asset, Composed, Required
from handouts.problems.collector import Problems

_TEXT_CAPACITY: Final = 200  # style sheets
_WORDS_CAPACITY: Final = 5_000
CheckPictures: TypeAlias = Callable[[Mapping[Asset, Decoded | bytes], Problems], None]
"""Reports pictures that show nothing: decoded ones, or the bytes of drawings."""


def write_web_page(
    composed: Composed, check_pictures: CheckPictures, problems: Problems, kept: Path | None = None
) -> bytes:
    """Return the page with its style sheets, pictures and fonts embedded.

    `check_pictures` reports pictures that show nothing, because this takes an engine that paints them. Fonts with the
    letters of a page are kept in files whose paths start with `kept`. Nothing of a patient is kept anywhere.
    """
    if broken_fonts := check_bundled_fonts(outlines=True):
        problems.extend(broken_fonts)
        return b""
    html = replace_invalid_characters(composed.html)
    if composed.is_for_patient:
        return _write_whole(composed, html, SlottedHtml("", html), check_pictures, None, problems).encode()
    slotted = cut_slots(html)
    page = _write_from_body(composed, slotted, check_pictures, kept)
    if page is None:
        page = _write_whole(composed, html, slotted, check_pictures, kept, problems)
    return page.encode()


def _write_whole(
    composed: Composed,
    html: str,
    slotted: SlottedHtml,
    check_pictures: CheckPictures,
    kept: Path | None,
    problems: Problems,
) -> str:
    """Return a page, and keep its body for others."""
    page_problems = Problems()
    root, slots = parse_slotted(slotted) or (parse_tree(html), ())
    files = find_files([root], composed, slots) if slots else None
    embedded = embed_files(root, composed, page_problems)
    styles = [
        *embedded.sheets,
        *(element.text or "" for element in root.iter() if get_tag(element) == "style"),
    ]

    matching = match_sheets(root, styles, PROPERTIES)
    named_faces = _find_named_faces(read_faces(), styles)
    letters_by_face = collect_letters_by_face(root, matching, named_faces)

    visible_text = extract_visible_text(root, matching)
    check_required_texts(visible_text, composed.required, page_problems)
    check_accessibility(root, composed.language, page_problems)
    check_letters(visible_text, embedded.font_letters, page_problems)
    check_pictures(embedded.pictures, page_problems)

    if files is not None and not page_problems:
        keep_body(composed, slotted, root, slots, matching, named_faces, files)
    complete_head(root, _write_style(letters_by_face, styles, embedded.sheets, kept), composed.made_from)
    problems.extend(dict.fromkeys(page_problems))  # one address is reported once, however often it is used
    return write_html(root)


def _write_from_body(
    composed: Composed, slotted: SlottedHtml, check_pictures: CheckPictures, kept: Path | None
) -> str | None:
    """Return a page whose body was written for another print; None if there is none, or if anything is to be reported.

    Then the page is to be written whole.
    """
    body = find_body(composed, slotted)
    slots = body.write_slots(slotted.slots, composed) if body else None
    if body is None or slots is None:
        return None
    problems = Problems()
    root = parse_start(slotted.head + slotted.body[: slotted.body.index(">") + 1])
    parts = (body.text, *(slot.text for slot in slots))
    embedded = embed_files(root, composed, problems, frozenset[str]().union(*(part.letters for part in parts)))
    pictures = dict(embedded.pictures)
    for slot in slots:
        pictures |= slot.pictures
    check_pictures(pictures, problems)
    visible_letters = frozenset[str]().union(*(part.visible_letters for part in parts))
    check_letters("".join(visible_letters), embedded.font_letters, problems)
    is_titled = any(get_tag(element) == "title" and (element.text or "").strip() for element in root.iter())
    if (
        problems
        or not is_titled
        or _find_named_faces(read_faces(), embedded.sheets) != body.faces
        or has_broken_links((*parts, read_head(root)))
        or not _has_all(body, slots, composed.required)
    ):
        return None
    letters_by_face = {
        face: frozenset[str]().union(*(part.by_face.get(face, ()) for part in parts))
        for face in {face for part in parts for face in part.by_face}
    }
    complete_head(root, _write_style(letters_by_face, embedded.sheets, embedded.sheets, kept), composed.made_from)
    content = [body.html[0]]
    for slot, html in zip(slots, body.html[1:], strict=True):
        content += [slot.html, html]
    own_body = root.find("body")
    if own_body is None:  # the parser always adds one
        return None
    root[list(root).index(own_body)] = Element(SLOT_TAG)
    before, _, after = write_html(root).partition(EMPTY_SLOT)
    return "".join((before, *content, after))


def _find_named_faces(faces: tuple[Face, ...], styles: Iterable[str]) -> tuple[Face, ...]:
    names = frozenset[str]().union(*(_find_families(faces, text) for text in styles))
    return tuple(face for face in faces if face.family in names)


@lru_cache(_TEXT_CAPACITY)
def _find_families(faces: tuple[Face, ...], style: str) -> frozenset[str]:
    return frozenset(face.family for face in faces if face.family in style)


def _has_all(body: PageBody, slots: Iterable[WrittenSlot], required: Iterable[Required]) -> bool:
    """Return whether readers can see all required texts."""
    wanted = {_normalize_once(one.text) for one in required}
    missing = [text for text in wanted if not any(text in part for part in body.text.visible)]
    pieces = [body.text.visible[0]]
    for slot, piece in zip(slots, body.text.visible[1:], strict=True):
        pieces += [*slot.text.visible, piece]
    present = "".join(pieces)
    return all(text in present for text in missing)


@lru_cache(_WORDS_CAPACITY)
def _normalize_once(text: str) -> str:
    return normalize(text)


def _write_style(
    letters_by_face: Mapping[Face, frozenset[str]],
    styles: Iterable[str],
    sheets: Iterable[str],
    kept: Path | None,
) -> str:
    """Return the style sheet of a page: bundled fonts with the letters that they may have to show, then its sheets."""
    added = frozenset[str]().union(*map(collect_strings, styles))
    letters = {face: of_face | added for face, of_face in letters_by_face.items()}
    return "\n".join((write_font_faces(_select_needed_letters(letters), kept), *sheets))


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
