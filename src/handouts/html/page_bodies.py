"""Keeps the part of a web page that is the same for all practices, written and checked once, and puts slots into it."""

import functools
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname
from xml.etree.ElementTree import Element

from handouts.assets.decoding import Decoded
from handouts.compose.html_tree import parse_slot
from handouts.compose.slotted_html import EMPTY_SLOT, SlottedHtml
from handouts.html.contents import PageContents
from handouts.html.css_matching import Matching, has_rules, selects_by_content
from handouts.html.data_pictures import set_pictures_apart
from handouts.html.fonts import Face
from handouts.html.inspection import check_picture_texts
from handouts.html.loading import Loader
from handouts.html.markup import get_tag, write_element
from handouts.html.page_text import PART_MARK, PageText, read_text
from handouts.html.slot_places import (
    SlotPlace,
    describe_element,
    describe_place,
    find_inherited,
    replace_element,
    replace_slots,
)
from handouts.html.style_sheets import SheetEmbedder
from handouts.html.visible_text import (
    PROPERTIES,
    collect_letters_by_face,
    extract_visible_text,
)
from handouts.model.document import Asset, Composed
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest

_BODY_CAPACITY: Final = 100  # some 1 MB each
_SLOT_CAPACITY: Final = 500  # some 20 kB each
_ONCE: Final = ("h1", "main")  # on a page


@dataclass(frozen=True, slots=True)
class WrittenSlot:
    """A slot as HTML, and the pictures in it: decoded, or the bytes of a drawing."""

    html: str
    text: PageText
    pictures: Mapping[Asset, Decoded | bytes]


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page without its slots: the HTML around them, from the start tag of <body>, and the bundled faces in use."""

    html: tuple[str, ...]
    text: PageText
    faces: tuple[Face, ...]
    matching: Matching
    places: tuple[SlotPlace, ...]

    def write_slots(self, htmls: Iterable[str], composed: Composed) -> tuple[WrittenSlot, ...] | None:
        """Return slots as HTML; None if anything is to be reported, because only whole pages show it in order."""
        files, problems = frozenset(composed.files), Problems()
        loader, base = Loader(composed, self.faces, problems), f"{composed.root.as_uri()}/"

        def embed(address: str) -> str:
            return loader.embed_picture(address, base)

        written = []
        for html, place in zip(htmls, self.places, strict=True):
            apart = set_pictures_apart(html)
            key = apart.html, place.context
            slot = _slots().get(key)
            if slot is None or not slot.text.files <= files:
                slot = self._write_slot(apart.html, place, composed)
                if slot is None:
                    return None
                _slots().put(key, slot)
            filled = apart.put_back(slot.html, embed)
            if filled is None or problems:
                return None
            written.append(replace(slot, html=filled))
        return tuple(written)

    def _write_slot(self, html: str, place: SlotPlace, composed: Composed) -> WrittenSlot | None:
        parsed = parse_slot(html)
        files = None if parsed is None else find_files([parsed], composed)
        if parsed is None or files is None:
            return None
        element, problems = deepcopy(parsed), Problems()
        loader = Loader(composed, self.faces, problems)
        embedder = SheetEmbedder(loader, frozenset(), problems)
        PageContents(loader, embedder, f"{composed.root.as_uri()}/", problems).check_and_embed(element)
        check_picture_texts(element, problems)
        if problems or any(get_tag(inner) in _ONCE for inner in element.iter()):
            return None
        matching = self.matching.match_in_place(element, place.element)
        by_face = collect_letters_by_face(element, matching, self.faces, place.inherited)
        text = read_text(element, extract_visible_text(element, matching), by_face, files)
        return WrittenSlot(write_element(element), text, loader.pictures)


def find_body(composed: Composed, slotted: SlottedHtml) -> PageBody | None:
    """Return the body of a page if it was written for another print; None if not."""
    key = _make_key(composed, slotted)
    body = _bodies().get(key) if key else None
    return body if body and body.text.files <= frozenset(composed.files) else None


def find_files(
    elements: Iterable[Element], composed: Composed, left_out: Collection[Element] = ()
) -> frozenset[Asset] | None:
    """Return the files of a document that elements load, without those in some elements; None if they load others."""
    by_path: dict[Path, Asset] = {}
    others = {inner for element in left_out for inner in element.iter()}
    found = set()
    for element in (inner for root in elements for inner in root.iter() if inner not in others):
        if "url(" in element.get("style", "").lower():
            return None
        address = element.get("src", "").strip()
        if address and not address.startswith("data:"):
            by_path = by_path or {asset.path.resolve(): asset for asset in composed.files}
            path = Path(url2pathname(urlsplit(urljoin(f"{composed.root.as_uri()}/", address)).path))
            asset = by_path.get(path.resolve())
            if asset is None:
                return None
            found.add(asset)
    return frozenset(found)


def keep_body(  # noqa: PLR0913, PLR0917 - all of them are different things
    composed: Composed,
    slotted: SlottedHtml,
    root: Element,
    slots: Sequence[Element],
    matching: Matching,
    faces: tuple[Face, ...],
    files: frozenset[Asset],
) -> None:
    """Keep the body of a page without problems, before its head is completed, for the prints of other practices.

    `files` are those that it loads apart from its slots. It is not kept if the content of slots could change what style
    sheets select elsewhere, or if a slot is hidden.
    """
    key, body = _make_key(composed, slotted), root.find("body")
    tags = Counter(get_tag(element) for element in root.iter())
    of_slots = {get_tag(element) for slot in slots for element in slot.iter()}
    if key is None or body is None or tags["style"] or tags["link"] or of_slots.intersection(_ONCE):
        return
    parents = {child: parent for parent in root.iter() for child in parent}
    rules = [sheet.text for sheet in composed.sheets if has_rules(sheet.text, PROPERTIES)]
    places = tuple(
        SlotPlace(
            slot,
            find_inherited(slot, parents, matching),
            digest([*describe_place(slot, parents), rules, [face.path.name for face in faces], str(composed.root)]),
        )
        for slot in slots
    )
    placeholders = replace_slots(slots, slotted, parents)
    html = write_element(body).split(EMPTY_SLOT)
    by_face = collect_letters_by_face(root, matching, faces)
    for placeholder in placeholders:
        placeholder.text = PART_MARK
    visible = extract_visible_text(root, matching)
    for placeholder in placeholders:
        placeholder.text = None
    text = read_text(body, visible, by_face, files)
    for placeholder, slot in zip(placeholders, slots, strict=True):  # as the selectors have to find them
        replace_element(placeholder, slot, parents[slot])
    if len(html) == len(text.visible) == len(slots) + 1:
        _bodies().put(key, PageBody(tuple(html), text, faces, matching, places))


def _make_key(composed: Composed, slotted: SlottedHtml) -> Hashable | None:
    """Return all that a body depends on but for its files; None if style sheets may select by what is in slots."""
    sheets = tuple((sheet.text, sheet.folder) for sheet in composed.sheets if has_rules(sheet.text, PROPERTIES))
    slots = [parse_slot(set_pictures_apart(html).html) for html in slotted.slots]
    if not slots or None in slots or any(selects_by_content(sheet.text, PROPERTIES) for sheet in composed.sheets):
        return None
    tags = tuple(describe_element(slot) for slot in slots if slot is not None)
    return slotted.shared, tags, sheets, composed.language, composed.root, composed.folders


@functools.cache
def _bodies() -> Cache[Hashable, PageBody]:
    return Cache(_BODY_CAPACITY)


@functools.cache
def _slots() -> Cache[tuple[str, str], WrittenSlot]:
    return Cache(_SLOT_CAPACITY)
