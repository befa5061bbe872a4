"""The fonts of the lists and notices of a site: the letters of Latin scripts, in files that pages share."""

from pathlib import Path
from typing import Final

from handouts.html.fonts import read_bundled_faces, read_letters, subset_font
from handouts.model.project import shipped
from handouts.publish.web_page import PageMaker

_FAMILY: Final = "Atkinson Hyperlegible Next"
_WEIGHTS: Final = (400, 700)
_LAST_LATIN: Final = "\u024f"


def write_site_fonts(maker: PageMaker, kept: Path | None) -> bytes:
    """Add the fonts to the files that pages share, and return the style sheet that loads them.

    They are kept in files whose paths start with `kept`, because reducing one to these letters takes some 0.7 s.
    """
    rules = []
    for face in read_bundled_faces(shipped() / "styles" / "fonts"):
        if face.family == _FAMILY and face.weight in _WEIGHTS and not face.italic:
            font = face.path.read_bytes()
            letters = frozenset(letter for letter in read_letters(font) if letter <= _LAST_LATIN)
            name = maker.add(subset_font(font, letters, kept), "woff2")
            rules.append(
                f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: swap; '
                f'src: url("{name}") format("woff2") }}\n'
            )
    return "".join(rules).encode()
