"""Renders the tokens of Markdown as HTML, each by a method of its name."""

# ruff: noqa: D102 - each method writes the kind of token that it is named after

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import escape

from handouts.compose.block_html import write_block_end, write_block_start, write_qr_code, write_signature
from handouts.compose.inline_text import (
    draw_line,
    find_amounts_of_tokens,
    keep_boxes,
    keep_reading_order,
    write_quotation_marks,
)
from handouts.compose.source_places import PLACE_ATTRIBUTE
from handouts.compose.text_writer import TextWriter
from handouts.language.amounts import find_amounts
from handouts.language.tags import direction_of

if TYPE_CHECKING:
    from handouts.compose.body_html import BodyWriter

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
RENDERING_OPTIONS: Final = OptionsDict({**_OPTIONS})  # type: ignore[typeddict-item]
_WITHOUT_LONG_FORMS: Final = TextWriter("en")  # which writes quotation marks as they are


def make_anchor(identifier: str) -> str:
    """Return the HTML id of a part, section or block, which differs from all ids that templates use."""
    return f"section-{identifier}"


class BodyRenderer(RendererHTML):
    """The renderer of markdown-it, for all kinds of tokens that a body has; `writer` of its `env` is a BodyWriter."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Any) -> str:  # noqa: ANN401, N802 - as inherited
        """Write a line of text; amounts and quotations are found across its tokens, as in "**5** mg"."""
        writer: BodyWriter = env["writer"]
        language = writer.numbered.selection.handout.language
        if direction_of(language) == "rtl":
            tokens = keep_reading_order(tokens)
        env["amounts"] = find_amounts_of_tokens(tokens)
        env["texts"] = keep_boxes(tokens, write_quotation_marks(tokens, language))
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
            as_typed = TextWriter(writer.numbered.selection.handout.language)
            return f'<span class="typed">{as_typed.write(typed, find_amounts(typed))}</span>'
        label = escape(meta["label"])
        return f'<span class="blank" role="img" aria-label="{label}">{draw_line(tokens[index])}</span>'

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


def _write_place(token: Token) -> str:
    return f' {PLACE_ATTRIBUTE}="{escape(token.attrs[PLACE_ATTRIBUTE])}"' if PLACE_ATTRIBUTE in token.attrs else ""


def _choose_heading_tag(token: Token, env: dict[str, Any]) -> str:
    return f"h{min(6, int(token.tag[1]) + env['shift'])}"


def _is_in_figure(env: dict[str, Any]) -> bool:
    return bool(env.get("blocks")) and env["blocks"][-1] in {"figure", "icon-array"}


def _is_only_pictures(inline: Token) -> bool:
    return bool(inline.children) and all(child.type in {"image", "softbreak"} for child in inline.children or ())
