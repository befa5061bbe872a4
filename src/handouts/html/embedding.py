"""Makes a page self-contained: embeds the pictures, fonts and style sheets that it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from handouts.assets.decoding import Decoded
from handouts.html.contents import PageContents
from handouts.html.fonts import Face, read_bundled_faces, read_face_letters
from handouts.html.loading import Loader
from handouts.html.style_sheets import SheetEmbedder, embed_sheet
from handouts.model.document import Asset, Composed
from handouts.model.project import shipped
from handouts.problems.collector import Problems

_LETTERS_CAPACITY: Final = 200  # style sheets


@dataclass(frozen=True, slots=True)
class EmbeddedFiles:
    """What a page has embedded: the texts of its style sheets, the letters of its fonts, and its pictures."""

    sheets: tuple[str, ...]
    font_letters: frozenset[str]
    pictures: Mapping[Asset, Decoded | bytes]


def embed_files(
    root: Element, composed: Composed, problems: Problems, other_letters: frozenset[str] = frozenset()
) -> EmbeddedFiles:
    """Embed what a page and the style sheets of its document name; report what is not allowed or cannot be loaded.

    Fonts keep the letters of the page, and `other_letters` that are put into it later.
    """
    faces = read_faces()
    loader = Loader(composed, faces, problems)
    letters = other_letters.union("".join(root.itertext()), *(_list_letters(sheet.text) for sheet in composed.sheets))
    embedder = SheetEmbedder(loader, letters, problems)
    PageContents(loader, embedder, f"{composed.root.as_uri()}/", problems).check_and_embed(root)
    sheets = [embed_sheet(sheet, composed, faces, letters, problems) for sheet in composed.sheets]
    pictures = dict(loader.pictures)
    for sheet in sheets:
        pictures |= sheet.pictures
    font_letters = embedder.font_letters.union(read_face_letters(faces), *(sheet.font_letters for sheet in sheets))
    return EmbeddedFiles(tuple(sheet.text for sheet in sheets), font_letters, pictures)


@cache
def read_faces() -> tuple[Face, ...]:
    """Return the fonts that are shipped with the program."""
    return read_bundled_faces(shipped() / "styles" / "fonts")


@lru_cache(_LETTERS_CAPACITY)
def _list_letters(text: str) -> frozenset[str]:
    return frozenset(text)
