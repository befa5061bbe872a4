"""Writes bodies as clean HTML, with citations and notes as numbered links, each body only once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

import nh3
from markupsafe import Markup, escape

from handouts.compose.body_renderer import RENDERING_OPTIONS, BodyRenderer
from handouts.compose.picture_blocks import arrange_pictures
from handouts.compose.qr_code import draw_qr_code
from handouts.compose.source_places import PLACE_ATTRIBUTE, add_places
from handouts.compose.text_writer import TextWriter
from handouts.compose.written_texts import WrittenBody, WrittenTexts
from handouts.language.tags import direction_of
from handouts.model.library import Body
from handouts.numbering.number import Numbered, collapse_numbers

# All tags that the renderer writes. Raw HTML is never read from Markdown, so this is a second defense.
# fmt: off
_TAGS: Final = {
    "a", "abbr", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4",
    "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "section", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}
# fmt: on
_ATTRIBUTES: Final = {
    "*": {"class", "id", "role", "aria-hidden", PLACE_ATTRIBUTE},
    "a": {"href", "aria-label"},
    "div": {"tabindex", "style"},
    "abbr": {"title"},
    "img": {"src", "alt", "style"},
    "td": {"style"},
    "th": {"style"},
    "ol": {"start"},
    "span": {"lang", "dir", "aria-label", "data-label"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}

_WITHOUT_LONG_FORMS: Final = TextWriter("en")  # which writes quotation marks as they are
_MAX_UNBROKEN_NUMBERS: Final = 8  # of a citation on one line


@dataclass
class BodyWriter:
    """Writes the bodies of one output.

    `texts` keeps what was written. `printed` holds the ids that links can lead to: of parts, sections, blocks and
    figures. `anchors` collects, for each cited key, the id of its first citation. With `places`, elements have their
    place in the sources as an attribute. `expand` writes text with its abbreviations and amounts. Without `qr_codes`,
    only their addresses are written; without `cites`, no citations: there is no list of references. `typed` are
    texts in place of lines to write on, by their ids.
    """

    texts: WrittenTexts
    numbered: Numbered
    words: Mapping[str, str]
    style: Literal["superscript", "brackets"]
    printed: frozenset[str]
    places: bool = False
    expand: TextWriter = _WITHOUT_LONG_FORMS
    anchors: dict[str, str] = field(default_factory=dict)
    qr_codes: bool = True
    cites: bool = True
    typed: Mapping[str, str] = field(default_factory=dict)
    _drawings: list[str] = field(default_factory=list)
    _renderer: BodyRenderer = field(default_factory=BodyRenderer)

    def write_html(self, body: Body, shift: int) -> Markup:
        """Return a body as clean HTML; `shift` is added to the level of its headings."""
        key = shift, frozenset(self.anchors), self._settings
        written = self.texts.write_body(body, key, lambda: self._write(body, shift))
        self.anchors.update(written.anchors)
        return written.html

    @cached_property
    def _settings(self) -> Hashable:
        """All that the HTML of bodies depends on, apart from earlier citations."""
        numbered = self.numbered
        return (
            numbered.selection.handout.language,
            tuple(numbered.selection.handout.front.abbreviations.items()),
            tuple(numbered.citations.items()),
            tuple(numbered.symbols.items()),
            tuple(self.words.items()),
            self.style,
            self.printed,
            self.places,
            self.qr_codes,
            self.cites,
            tuple(self.typed.items()),
        )

    def _write(self, body: Body, shift: int) -> WrittenBody:
        anchors = self.anchors
        self.anchors = {**anchors}
        tokens = arrange_pictures(list(add_places(body)) if self.places else body.tokens)
        raw = self._renderer.render(tokens, RENDERING_OPTIONS, {"writer": self, "shift": shift})
        clean = nh3.clean(
            raw,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel=None,
            filter_style_properties={"text-align", "width"},
        )
        for number, drawing in enumerate(self._drawings):
            clean = clean.replace(f'src="{_make_qr_name(number)}"', f'src="{drawing}"')
        found = {key: anchor for key, anchor in self.anchors.items() if key not in anchors}
        self.anchors = anchors
        return WrittenBody(body, Markup(clean), found)  # noqa: S704 - cleaned above; the drawings are made here

    def add_qr_code(self, address: str) -> str:
        """Draw a QR code and return a name that stands for it until the HTML is cleaned; "" if none are drawn."""
        if not self.qr_codes:
            return ""
        self._drawings.append(draw_qr_code(address))
        return _make_qr_name(len(self._drawings) - 1)

    def write_citation(self, keys: Sequence[str]) -> str:
        """Return the HTML of a citation; each printed number links to its entry."""
        if not self.cites:
            return ""
        numbers = {self.numbered.citations[key]: key for key in keys}
        first_uses = [key for key in keys if key not in self.anchors]
        anchor = ""
        if first_uses:
            anchor = f"cite-{self.numbered.citations[first_uses[0]]}"
            self.anchors.update(dict.fromkeys(first_uses, anchor))
        links = ",".join(
            "-".join(self._write_link(end) for end in dict.fromkeys(run)) for run in collapse_numbers(numbers)
        )
        if direction_of(self.numbered.selection.handout.language) == "rtl":
            links = f'<span dir="ltr">{links}</span>'
        identifier = f' id="{anchor}"' if anchor else ""
        long = " long" if len(numbers) > _MAX_UNBROKEN_NUMBERS else ""
        if self.style == "brackets":
            return f'<span class="citation{long}"{identifier}>&nbsp;[{links}]</span>'
        return f'<sup class="citation{long}"{identifier}>{links}</sup>'

    def _write_link(self, number: int) -> str:
        label = escape(self.words["reference"].replace("{number}", str(number)))
        return f'<a href="#reference-{number}" aria-label="{label}">{number}</a>'

    def write_note_mark(self, file: str, label: str) -> str:
        """Return the HTML of the symbol of a note, a link to the note."""
        mark = self.numbered.symbols[file, label]
        label = escape(self.words["note"].replace("{symbol}", mark))
        tag = "span" if self.style == "brackets" else "sup"
        link = f'<a href="#{make_note_id(mark)}" aria-label="{label}">{escape(mark)}</a>'
        return f'<{tag} class="note-mark">{link}</{tag}>'


def _make_qr_name(number: int) -> str:
    return f"qr-code/{number}/"  # no picture has the name of a folder


def make_note_id(mark: str) -> str:
    """Return the HTML id of a note with a symbol."""
    return "note-" + "-".join(str(ord(character)) for character in mark)
