"""Writes a handout as one Markdown file, with numbered references in place of citations by id."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from handouts.language.escaping import escape_line, escape_markdown
from handouts.review.chapters import Chapter, ReviewText
from handouts.review.passages import Passage, PassageKind
from handouts.review.spans import Span

_LISTS: Final[frozenset[PassageKind]] = frozenset({"item", "numbered", "source"})
_ROWS: Final[frozenset[PassageKind]] = frozenset({"row", "head-row"})
_INDENT: Final = "    "  # of a list within a list: Pandoc and CommonMark agree on it
_POSITIONS: Final[Mapping[str, str]] = {"sup": "^", "sub": "~"}


def write_markdown_file(text: ReviewText) -> bytes:
    """Return a handout in Pandoc's Markdown, in UTF-8; fields stay in braces unless they were filled in."""
    facts = [f"{escape_markdown(f'{name}: {value}'.replace('_', ' '))}" for name, value in text.facts.items()]
    lines = [f"# {escape_markdown(text.title)}", "", "\\\n".join(facts)]
    for chapter in text.chapters:
        lines += ["", *_write_chapter(chapter)]
    return "\n".join([*lines, ""]).encode("utf-8")


def _write_chapter(chapter: Chapter) -> Iterator[str]:
    identifier = f" {{#{chapter.key}}}" if chapter.has_id else ""
    yield f"{'#' * (chapter.level + 1)} {escape_markdown(chapter.title)}{identifier}"
    before: Passage | None = None
    for passage in chapter.passages:
        is_table = before and before.kind in _ROWS and passage.kind == "row"
        is_list = before and before.kind in _LISTS and passage.kind in _LISTS
        if not (is_table or is_list):
            yield ""
        yield from _write_passage(passage, chapter.level)
        before = passage


def _write_passage(passage: Passage, level: int) -> Iterator[str]:
    text = _write_spans(passage.spans)
    if passage.kind == "heading":
        yield f"{'#' * min(6, level + passage.level - 1)} {text}"
    elif passage.kind in _ROWS:
        yield f"| {' | '.join(map(_write_spans, passage.cells))} |"
        if passage.kind == "head-row":
            yield f"|{'---|' * len(passage.cells)}"
    elif passage.kind == "code":
        yield from ("```", *passage.text.split("\n"), "```")
    elif write := _FORMS.get(passage.kind):
        yield f"{_INDENT * passage.level}{write(passage.label, text)}"
    else:
        yield f"{_INDENT * passage.level}{escape_line(text)}"


_FORMS: Final[Mapping[PassageKind, Callable[[str, str], str]]] = {
    "item": lambda _, text: f"- {escape_line(text)}",
    "numbered": lambda label, text: f"{label} {escape_line(text)}",
    "source": lambda label, text: f"{label} {escape_line(text)}",
    "quotation": lambda _, text: f"> {escape_line(text)}",
    "picture": lambda _, text: f"Picture: {text}",
    "meaning": lambda _, text: f": {text}",
    "box": lambda label, text: f"**{label.capitalize()}: {text}**",
    "note": lambda label, text: f"{escape_markdown(label)} {text}",
}


def _write_spans(spans: Sequence[Span]) -> str:
    return "".join(map(_write_span, spans)).replace("\n", "\\\n")


def _write_span(span: Span) -> str:
    inner = span.text.strip()
    if span.position and " " not in span.text:
        mark = _POSITIONS[span.position]
        return f"{mark}{escape_markdown(span.text)}{mark}"
    if not inner:
        return span.text
    before, after = span.text[: len(span.text) - len(span.text.lstrip())], span.text[len(span.text.rstrip()) :]
    marks = "**" * span.bold + "*" * span.italic
    written = f"{marks}{escape_markdown(inner)}{marks}"
    linked = f"[{written}]({span.link})" if span.link and span.link != span.text else written
    return f"{before}{linked}{after}"
