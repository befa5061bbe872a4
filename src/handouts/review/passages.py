"""The text of a handout in passages (paragraphs, items, rows, pictures), without templates, brand and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import unquote

from markdown_it.token import Token

from handouts.model.library import Body, Picture
from handouts.numbering.number import Numbered
from handouts.review.spans import BLANK, Span, read_spans, write_plainly

PassageKind = Literal[
    "paragraph",
    "heading",
    "item",
    "numbered",
    "row",
    "head-row",
    "quotation",
    "code",
    "picture",
    "term",
    "meaning",
    "box",
    "note",
    "source",
]
_AROUND: Final = frozenset({"heading", "blockquote", "dt", "dd", "thead", "th", "td"})
_KINDS: Final[Mapping[str, PassageKind]] = {"blockquote": "quotation", "dt": "term", "dd": "meaning"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or the like; `level` is that of a heading (from 1) or of a list (from 0).

    `label` is printed before it: the number of an item or a source, the symbol of a note, the name of a box. A row has
    `cells` in place of `spans`. A picture has its description as text, its file as `picture`.
    """

    kind: PassageKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    label: str = ""
    cells: tuple[tuple[Span, ...], ...] = ()
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """Its words, without label; cells apart by a bar."""
        return " | ".join(map(write_plainly, self.cells)) if self.cells else write_plainly(self.spans)


def read_passages(body: Body, numbered: Numbered) -> tuple[Passage, ...]:
    """Return a body as passages, with the numbers of its citations and the symbols of its notes."""
    reader = _Reader({picture.name: picture for picture in body.pictures}, numbered)
    for token in body.tokens:
        reader.read(token)
    return tuple(reader.passages)


@dataclass(slots=True)
class _Reader:
    """Collects passages; `lists` has the number of the last item of each open list, None without numbers.

    `held` are pictures at the start of an item, which follow its text: it is the text that has the number.
    """

    pictures: Mapping[str, Picture]
    numbered: Numbered
    passages: list[Passage] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)
    cells: list[tuple[Span, ...]] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    held: list[Passage] = field(default_factory=list)
    begins_item: bool = False

    def read(self, token: Token) -> None:
        name, _, end = token.type.rpartition("_")
        if name in _AROUND:
            self.around.append(token.tag) if end == "open" else self.around.pop()
        elif name in {"bullet_list", "ordered_list", "list_item"}:
            self._read_list(token, name, opens=end == "open")
        elif token.type == "container_block_open":
            self._add_box(token.meta["name"], token.meta["attributes"])
        elif token.type == "tr_close":
            kind: PassageKind = "head-row" if self.around[-1:] == ["thead"] else "row"
            self.passages.append(Passage(kind, cells=tuple(self.cells)))
            self.cells.clear()
        elif token.type == "inline":
            self._add_text(token.children or ())
        elif token.type in {"fence", "code_block"}:
            self.passages.append(Passage("code", (Span(token.content.rstrip("\n")),)))

    def _read_list(self, token: Token, name: str, *, opens: bool) -> None:
        if name == "list_item":
            if opens and (last := self.lists[-1]) is not None:
                self.lists[-1] = last + 1
            self.begins_item = opens
            self._release()
        elif opens:
            self.lists.append(int(token.attrs.get("start", 1)) - 1 if name == "ordered_list" else None)
        else:
            self.lists.pop()

    def _add_text(self, children: Sequence[Token]) -> None:
        spans = read_spans(children, self.numbered)
        innermost = self.around[-1] if self.around else ""
        if innermost in {"th", "td"}:
            self.cells.append(spans)
        elif spans:
            self.passages.append(self._make_passage(spans, innermost))
        for child in children:
            if child.type == "image":
                picture = self.pictures.get(unquote(str(child.attrs["src"])))
                description = read_spans(child.children or (), self.numbered)
                self.held.append(Passage("picture", description, len(self.lists), picture=picture))
        if not self.begins_item:
            self._release()

    def _release(self) -> None:
        self.passages += self.held
        self.held.clear()

    def _make_passage(self, spans: tuple[Span, ...], innermost: str) -> Passage:
        level = max(0, len(self.lists) - 1)
        if self.begins_item:
            self.begins_item = False
            number = self.lists[-1]
            return Passage("item", spans, level) if number is None else Passage("numbered", spans, level, f"{number}.")
        if innermost.startswith("h"):
            return Passage("heading", spans, int(innermost[1:]))
        return Passage(_KINDS.get(innermost, "paragraph"), spans, len(self.lists))

    def _add_box(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "icon-array":
                text = f"{attributes['count']} of {attributes['of']} are filled"
            case "qr":
                text = f"{attributes['caption']} ({attributes['url']})"
            case "signature":
                text = "  ".join(f"{attributes[key]}: {BLANK}" for key in ("label", "date") if attributes.get(key))
            case _:
                text = attributes.get("title", "")
        if text:
            self.passages.append(Passage("box", (Span(text),), label=name.replace("-", " ")))
