"""Writes the start and the end of `:::` blocks as HTML."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup, escape

from handouts.compose.text_writer import TextWriter
from handouts.read.markdown.block_attributes import ICONS

_MAX_ICONS_BESIDE_CAPTION: Final = 4
_SCISSORS: Final = "\N{BLACK SCISSORS}"
_SIGNATURE: Final = "_" * 26
_DATE: Final = "_" * 16
_FIGURES: Final = frozenset({"figure", "icon-array"})


def write_block_start(
    name: str, attributes: Mapping[str, str], identifier: str, place: str, level: int, expand: TextWriter
) -> str:
    """Return the start of a block; `identifier` and `place` are attributes of HTML, `level` is that of its title."""
    if name in _FIGURES and "side" not in attributes:
        icons = _write_icons(attributes) if name == "icon-array" else ""
        many = " many" if int(attributes.get("of", 0)) > _MAX_ICONS_BESIDE_CAPTION else ""
        return f'<figure class="{name}{many}"{identifier}{place}>{icons}\n'
    title = attributes.get("title", "")
    heading = f'<h{level} class="block-title">{expand(title)}</h{level}>\n' if title else ""
    cut = f'<p class="cut" aria-hidden="true">{_SCISSORS}</p>\n' if name == "tear-off" else ""
    kind = f"beside {attributes['side']}" if "side" in attributes else name
    return f'<div class="{kind}"{identifier}{place}>\n{cut}{heading}'


def write_block_end(name: str, attributes: Mapping[str, str]) -> str:
    """Return the end of a block."""
    return "</figure>\n" if name in _FIGURES and "side" not in attributes else "</div>\n"


def write_signature(attributes: Mapping[str, str], place: str, expand: TextWriter) -> str:
    """Return a line to sign on, and one for the date if it has a name."""
    lines = [(attributes["label"], _SIGNATURE)]
    if attributes.get("date"):
        lines.append((attributes["date"], _DATE))
    cells = "".join(
        f'<p><span class="blank" role="img" aria-label="{escape(label)}">{line}</span><br>{expand(label)}</p>\n'
        for label, line in lines
    )
    return f'<div class="signature"{place}>\n{cells}'


def write_qr_code(attributes: Mapping[str, str], picture: str, words: Mapping[str, str], place: str) -> str:
    """Return a QR code with its caption and address; without a picture, only these."""
    url = attributes["url"]
    label = escape(words["qr"]).replace("{address}", escape(url))
    image = f'<div class="qr"><img src="{picture}" alt="{label}"></div>\n' if picture else ""
    # On paper, an address is typed without its scheme, and broken after slashes only.
    *outer, last = url.split("://", 1)[-1].split("/") if picture else [url]
    steps = [*(f"{step}/" for step in outer), last]
    address = Markup("").join(Markup('<span class="step">{}</span>').format(step) for step in steps if step)
    caption = Markup('{}<br><span class="web-address">{}</span>').format(attributes["caption"], address)
    return f'<div class="qr-code"{place}>\n{image}<p class="qr-caption">{caption}</p>\n'


def _write_icons(attributes: Mapping[str, str]) -> str:
    # Hidden from screen readers, because the caption says the same in words.
    count, of, icon = int(attributes["count"]), int(attributes["of"]), attributes.get("icon", ICONS[0])
    icons = "".join(f'<span class="icon {icon}{" affected" if n < count else ""}"></span>' for n in range(of))
    return f'<span class="icons" aria-hidden="true">{icons}</span>'
