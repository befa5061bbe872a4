"""Writes the tokens of a body as HTML, with citations and notes as numbered links."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, Literal

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from handouts.compose.block_html import write_block_end, write_block_start, write_qr_code, write_signature
from handouts.compose.picture_blocks import arrange_pictures
from handouts.compose.qr_code import draw_qr_code
from handouts.compose.source_places import PLACE_ATTRIBUTE, add_places
from handouts.compose.text_writer import TextWriter
from handouts.compose.written_texts import WrittenBody, WrittenTexts
from handouts.language.amounts import find_amounts
from handouts.language.punctuation import curl_quotes
from handouts.language.tags import direction_of
from handouts.model.library import Body
from handouts.numbering.number import Numbered, collapse_numbers

# All tags that the renderer below writes. Raw HTML is never read from Markdown, so this is a second defense.
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

_NOT_SPACE: Final = re.compile(r"\S")
_WITHOUT_LONG_FORMS: Final = TextWriter("en")  # which writes quotation marks as they are
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_LINE_END: Final = " \N{OBJECT REPLACEMENT CHARACTER} "  # no amount continues after it
_UNDERSCORES: Final = 6  # printed for each that is written: at 12 points, 10 mm of line
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
    _renderer: "_Renderer" = field(default_factory=lambda: _Renderer())  # noqa: PLW0108 - it is defined below

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
        raw = self._renderer.render(tokens, OptionsDict({**_OPTIONS}), {"writer": self, "shift": shift})  # type: ignore[typeddict-item]
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


def make_anchor(identifier: str) -> str:
    """Return the HTML id of a part, section or block, which differs from all ids that templates use."""
    return f"section-{identifier}"


def make_note_id(mark: str) -> str:
    """Return the HTML id of a note with a symbol."""
    return "note-" + "-".join(str(ord(character)) for character in mark)


_OPTIONS: Final = {
    "html": False,
    "linkify": False,
    "typographer": False,
    "quotes": "",
    "xhtmlOut": False,
    "breaks": False,
    "langPrefix": "language-",
    "highlight": None,
    "maxNesting": 20,
}


class _Renderer(RendererHTML):
    """The renderer of markdown-it, whose methods are named after the tokens that they write."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Any) -> str:  # noqa: ANN401, N802 - as inherited
        """Write a line of text; amounts and quotations are found across its tokens, as in "**5** mg"."""
        writer: BodyWriter = env["writer"]
        env["amounts"] = _find_token_amounts(tokens)
        env["texts"] = _keep_boxes(tokens, _curl_tokens(tokens, writer.numbered.selection.handout.language))
        return super().renderInline(tokens, options, env)

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401, ARG002 - as inherited
        writer: BodyWriter = env["writer"]
        expand = _WITHOUT_LONG_FORMS if env.get("passages") else writer.expand
        return expand.write(env["texts"][idx], env["amounts"][idx])

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401, ARG002 - as inherited
        return f"<code>{_WITHOUT_LONG_FORMS.write(tokens[idx].content, env['amounts'][idx])}</code>"

    def softbreak(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401 - as inherited
        return "&nbsp;" if env["amounts"][idx] else super().softbreak(tokens, idx, options, env)

    def box(self, tokens: Sequence[Token], index: int, _: OptionsDict, _env: dict[str, Any]) -> str:
        # The box at the start of an item is the label of the item.
        label = "" if index else " data-label"
        return f'<span class="box"{label}>{tokens[index].content}</span>'

    def blank(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        meta = tokens[index].meta
        writer: BodyWriter = env["writer"]
        if typed := writer.typed.get(meta["id"]):
            return f'<span class="typed">{_WITHOUT_LONG_FORMS.write(typed, find_amounts(typed))}</span>'
        label = escape(meta["label"])
        return f'<span class="blank" role="img" aria-label="{label}">{_draw_line(tokens[index])}</span>'

    def field(self, tokens: Sequence[Token], index: int, _: OptionsDict, _env: dict[str, Any]) -> str:
        raise ValueError(f"the field {tokens[index].content} was not filled in")

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401 - as inherited
        picture = tokens[idx]
        if "width" in picture.meta:
            picture = picture.copy(attrs={**picture.attrs, "style": f"width: {picture.meta['width']}"})
        return super().image([picture], 0, options, env)

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401 - as inherited
        item = self.renderToken(tokens, idx, options, env)
        return item.replace("<li", '<li class="task"', 1) if is_task(tokens, idx) else item

    def passage_open(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        env["passages"] = env.get("passages", 0) + 1  # long forms would be in the wrong language
        writer: BodyWriter = env["writer"]
        tag = str(tokens[index].attrs["lang"])
        differs = direction_of(tag) != direction_of(writer.numbered.selection.handout.language)
        direction = f' dir="{direction_of(tag)}"' if differs else ""
        return f'<span lang="{escape(tag)}"{direction}>'

    def passage_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        env["passages"] -= 1
        return self.renderToken(tokens, index, options, env)

    def citation(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        writer: BodyWriter = env["writer"]
        return writer.write_citation(tokens[index].meta["keys"])

    def footnote_ref(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        writer: BodyWriter = env["writer"]
        return writer.write_note_mark(tokens[index].meta["file"], tokens[index].meta["label"])

    def link_open(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        writer: BodyWriter = env["writer"]
        address = str(tokens[index].attrs["href"])
        bare = ' class="bare web-address"' if tokens[index].markup == "autolink" else ""
        if address.startswith("#"):
            # A link to something that is not printed becomes plain text.
            printed = address[1:] in writer.printed
            env.setdefault("links", []).append(printed)
            return f'<a href="#{make_anchor(address[1:])}">' if printed else ""
        env.setdefault("links", []).append(True)
        return f'<a href="{escape(address)}"{bare}>'

    def link_close(self, _tokens: Sequence[Token], _index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        return "</a>" if env["links"].pop() else ""

    def table_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        table = self.renderToken(tokens, index, options, env)
        # On small screens, wide tables scroll sideways; tabindex allows this by keyboard.
        return table if env["writer"].places else f'<div class="table" tabindex="0">{table}'

    def table_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        table = self.renderToken(tokens, index, options, env)
        return table if env["writer"].places else f"{table}</div>\n"

    def heading_open(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        return f"<{_choose_heading_tag(tokens[index], env)}{_write_place(tokens[index])}>"

    def heading_close(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        return f"</{_choose_heading_tag(tokens[index], env)}>\n"

    def container_block_open(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        writer: BodyWriter = env["writer"]
        name, attributes = tokens[index].meta["name"], tokens[index].meta["attributes"]
        env.setdefault("blocks", []).append("beside" if "side" in attributes else name)
        place = _write_place(tokens[index])
        if name == "signature":
            return write_signature(attributes, place, writer.expand)
        if name == "qr":
            return write_qr_code(attributes, writer.add_qr_code(attributes["url"]), writer.words, place)
        identifier = f' id="{make_anchor(attributes["id"])}"' if "id" in attributes else ""
        return write_block_start(name, attributes, identifier, place, min(6, 3 + env["shift"]), writer.expand)

    def container_block_close(self, tokens: Sequence[Token], index: int, _: OptionsDict, env: dict[str, Any]) -> str:
        env["blocks"].pop()
        return write_block_end(tokens[index].meta["name"], tokens[index].meta["attributes"])

    def paragraph_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        if not _is_in_figure(env):
            return self.renderToken(tokens, index, options, env)
        return "" if _is_only_pictures(tokens[index + 1]) else f"<figcaption{_write_place(tokens[index])}>"

    def paragraph_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
        if not _is_in_figure(env):
            return self.renderToken(tokens, index, options, env)
        return "" if _is_only_pictures(tokens[index - 1]) else "</figcaption>\n"


def is_task(tokens: Sequence[Token], item: int) -> bool:
    """Return whether the list item that opens at this position starts with a box to tick."""
    text = tokens[item + 2] if item + 2 < len(tokens) else None
    return bool(text and text.children and text.children[0].type == "box")


def _find_token_amounts(tokens: Sequence[Token]) -> list[list[tuple[int, int]]]:
    """Return the amounts that overlap each token, as (start, end) relative to its text."""
    texts = [_get_text(token) for token in tokens]
    starts = list(accumulate((len(text) for text in texts), initial=0))
    token_amounts: list[list[tuple[int, int]]] = [[] for _ in tokens]
    first = 0
    for start, end in find_amounts("".join(texts)):
        while starts[first + 1] <= start:
            first += 1
        for index in range(first, len(tokens)):
            if starts[index] >= end:
                break
            if texts[index]:
                token_amounts[index].append((start - starts[index], end - starts[index]))
    return token_amounts


def _curl_tokens(tokens: Sequence[Token], language: str) -> list[str]:
    """Return the text of each token with the quotation marks of its language; code stays as it is."""
    texts = [_get_text(token) for token in tokens]
    languages: list[str] = []  # of each token; "" for code
    outer_languages = [language]
    for token in tokens:
        if token.type == "passage_open":
            outer_languages.append(str(token.attrs["lang"]))
        elif token.type == "passage_close":
            outer_languages.pop()
        languages.append("" if token.type == "code_inline" else outer_languages[-1])
    curled = list(texts)
    for tag in set(languages) - {""}:
        # Letters in place of what is in another language, so that quotation marks around it keep their neighbors.
        masked = [text if own == tag else _NOT_SPACE.sub("x", text) for text, own in zip(texts, languages, strict=True)]
        whole, start = curl_quotes("".join(masked), tag), 0
        for index, text in enumerate(texts):
            if languages[index] == tag:
                curled[index] = whole[start : start + len(text)]
            start += len(text)
    return curled


def _keep_boxes(tokens: Sequence[Token], texts: Sequence[str]) -> list[str]:
    """Return the texts with a no-break space after each box within a line, so that its first word stays beside it."""
    after_box = [False, False, *(token.type == "box" for token in tokens[1:-1])]  # a box at the start is a label
    return [
        f"{_NO_BREAK}{text[1:]}" if is_after and text.startswith(" ") else text
        for text, is_after in zip(texts, after_box, strict=False)
    ]


def _draw_line(blank: Token) -> str:
    length: int = blank.meta["length"]
    return "_" * (length * _UNDERSCORES)


def _get_text(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    if token.type == "blank":
        return _draw_line(token)
    return "\n" if token.type == "softbreak" else _LINE_END if token.type == "hardbreak" else ""


def _write_place(token: Token) -> str:
    return f' {PLACE_ATTRIBUTE}="{escape(token.attrs[PLACE_ATTRIBUTE])}"' if PLACE_ATTRIBUTE in token.attrs else ""


def _choose_heading_tag(token: Token, env: dict[str, Any]) -> str:
    return f"h{min(6, int(token.tag[1]) + env['shift'])}"


def _is_in_figure(env: dict[str, Any]) -> bool:
    return bool(env.get("blocks")) and env["blocks"][-1] in {"figure", "icon-array"}


def _is_only_pictures(inline: Token) -> bool:
    return bool(inline.children) and all(child.type in {"image", "softbreak"} for child in inline.children or ())
