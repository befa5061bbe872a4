"""Writes the blocks of a document as a draft of a handout, with what is left to do marked in it."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from handouts.importing.blocks import CITATION, LINE_BREAK, Block, parse_numbers, remove_markdown
from handouts.language.escaping import escape_line, escape_markdown

_TODO_TEXT = "TODO: the source has no text here."
_TODO_DISCLAIMER = "TODO: that this handout does not take the place of a talk with a doctor"
_TODO_DESCRIPTION = "TODO: what the picture shows"
_LONGEST_ID = 50
# AMA Manual of Style 11th ed., 3.6: a citation stands before a colon or semicolon.
_AFTER_COLON = re.compile(f"([:;])({CITATION.pattern})")


@dataclass(frozen=True, slots=True)
class _OpenItem:
    """The last item of a list that is open: its number, 0 if it has none, and where the text in it starts."""

    number: int
    indent: int


def write_draft(title: str, disclaimer: str, blocks: Sequence[Block], keys: Mapping[int, str]) -> str:
    """Return the Markdown of a handout; `keys` has the ids of references by the numbers that cite them.

    Without a disclaimer, its place in the front matter is marked.
    """
    lines = [*_write_front_matter(title, disclaimer or _TODO_DISCLAIMER)]
    previous = ""
    open_items: list[_OpenItem] = []
    for block, heading in _arrange(title, blocks):
        if heading:
            lines += ["", heading]
        else:
            is_item = block.kind in {"item", "numbered"}
            is_same = open_items and (block.level or bool(open_items[0].number) == (block.kind == "numbered"))
            goes_on = is_item and previous in {"item", "numbered"} and is_same
            if not goes_on:
                lines.append("")
            if not goes_on and block.kind != "continued":
                open_items.clear()
            lines += _write_block(block, keys, open_items)
        if block.kind != "continued":
            previous = "" if heading else block.kind
    return "\n".join([*lines, ""])


def choose_title(blocks: Sequence[Block], fallback: str) -> tuple[str, list[Block]]:
    """Return the title of a document, its first heading of the highest level, and the blocks without it."""
    first = blocks[0] if blocks else None
    if first and first.kind == "heading" and first.level == 1:
        return remove_markdown(first.text), list(blocks[1:])
    return fallback, list(blocks)


def make_id(title: str, taken: Collection[str]) -> str:
    """Return an id made of the words of a title, one that is not taken."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text.replace("'", ""))
    while len("-".join(words)) > _LONGEST_ID and len(words) > 1:
        words.pop()
    base = "-".join(words)[:_LONGEST_ID].rstrip("-") or "section"
    return next(key for number in count(1) if (key := base if number == 1 else f"{base}-{number}") not in taken)


def _write_front_matter(title: str, disclaimer: str) -> list[str]:
    return [
        "---",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        "code: XX-000",
        'version: "0.1"',
        "published: 2026-01-01",
        "review_due: 2027-01-01",
        "status: draft",
        'audience: "TODO: who this handout is for"',
        'main_message: "TODO: the main point, in one or two short sentences"',
        f"disclaimer: {json.dumps(disclaimer, ensure_ascii=False)}",
        "---",
    ]


def _arrange(title: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block; a heading of a part or section with its line of Markdown, else with an empty string."""
    levels = sorted({block.level for block in blocks if block.kind == "heading"})
    top = levels[0] if levels else 0
    has_parts = len(levels) > 1 and _has_parts(blocks, top)
    taken: set[str] = set()
    in_section, any_part = False, False
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind != "heading":
            if not in_section:
                yield block, _make_heading("##", "Introduction" if not taken else title, taken)
                in_section = True
            yield block, ""
            continue
        leads_to_heading = bool(following and following.kind == "heading" and following.level > block.level)
        if has_parts and block.level == top and leads_to_heading:
            yield block, _make_heading("#", remove_markdown(block.text), taken)
            in_section, any_part = False, True
        elif block.level == top or (has_parts and block.level == levels[1]):
            if has_parts and not any_part:
                yield block, _make_heading("#", title, taken)
                any_part = True
            yield block, _make_heading("##", remove_markdown(block.text), taken)
            in_section = True
            if following is None or following.kind == "heading":
                yield Block("paragraph", _TODO_TEXT, block.where), ""
        else:
            if not in_section:
                yield block, _make_heading("##", remove_markdown(block.text), taken)
                in_section = True
            else:
                yield block, f"### {block.text}"
            if following is None or following.kind == "heading":
                yield Block("paragraph", _TODO_TEXT, block.where), ""


def _has_parts(blocks: Sequence[Block], top: int) -> bool:
    """Return whether at least half of the highest headings stand over other headings, not over text."""
    tops = [at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == top]
    over = [
        at for at in tops if at + 1 < len(blocks) and blocks[at + 1].kind == "heading" and blocks[at + 1].level > top
    ]
    return bool(over) and 2 * len(over) >= len(tops)


def _make_heading(marks: str, title: str, taken: set[str]) -> str:
    key = make_id(title, taken)
    taken.add(key)
    return f"{marks} {escape_markdown(title)} {{#{key}}}"


def _write_block(block: Block, keys: Mapping[int, str], open_items: list[_OpenItem]) -> list[str]:
    text = CITATION.sub(lambda found: _write_citation(found[1], keys), _AFTER_COLON.sub(r"\2\1", block.text))
    match block.kind:
        case "item" | "numbered":
            last = open_items[block.level] if block.level < len(open_items) else None
            del open_items[block.level :]  # a list within the next item begins anew
            number = (last.number if last else 0) + 1 if block.kind == "numbered" else 0
            indent = open_items[-1].indent if open_items else 0
            mark = f"{number}. " if number else "- "
            open_items.append(_OpenItem(number, indent + len(mark)))
            return _write_lines(text, " " * indent + mark, " " * (indent + len(mark)))
        case "continued":
            space = " " * open_items[min(block.level, len(open_items) - 1)].indent if open_items else ""
            return [*_write_lines(text, space, space), ""]
        case "table":
            rows = text.split("\n")
            width = rows[0].count(" | ") + 1
            return [f"| {rows[0]} |", f"|{'---|' * width}", *(f"| {row} |" for row in rows[1:])]
        case "figure":
            name, _, description = text.partition("\n")
            return [f"![{escape_markdown(description or _TODO_DESCRIPTION)}]({name})"]
        case "picture":
            address, _, description = text.partition("\n")
            words = f"{address} {description}".replace("--", "- -").strip() or "a picture of the document"
            return [f"<!-- TODO picture: {words} -->"]
        case _:
            return _write_lines(text, "", "")


def _write_lines(text: str, first: str, others: str) -> list[str]:
    """Return the lines of a text, the first one and the others behind what they start with."""
    lines = [escape_line(line) for line in text.split(LINE_BREAK)]
    return [
        f"{others if at else first}{line}{'' if at == len(lines) - 1 else chr(92)}" for at, line in enumerate(lines)
    ]


def _write_citation(numbers: str, keys: Mapping[int, str]) -> str:
    cited = list(dict.fromkeys(keys[number] for number in parse_numbers(numbers) if number in keys))
    return f"[{'; '.join(f'@{key}' for key in cited)}]" if cited else ""
