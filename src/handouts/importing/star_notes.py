"""Ties the marks of notes, such as * and a dagger, to their notes: a note starts with its mark, or stands last."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handouts.importing.blocks import Block, remove_markdown

_SYMBOL: Final = r"(?:\\\*|\u2020|\u2021|\u00a7|\u00b6)+"
_MARK: Final = re.compile(rf"(?<=[\w.,;:!?)\u201d\"])({_SYMBOL})(?=\s|$|[.,;:)\u201d\"])")
_OPENED: Final = re.compile(r"(?:^|\s)\\\*\w")  # a star that is closed by another, as in *stars*
_NOTE: Final = re.compile(rf"({_SYMBOL})\s*(?=\w)")
_MOST_WORDS: Final = 15  # of a last paragraph that has no mark of its own, and is taken for the note


def tie_notes(blocks: Sequence[Block], end: int, tasks: list[str]) -> tuple[Block, ...]:
    """Return the blocks with notes of Markdown in place of marks; each note is a task, to be checked.

    A mark belongs to the next note that starts with it. One mark without a note belongs to the paragraph before `end`,
    where the list of sources was, if that is short.
    """
    tied = list(blocks)
    waiting: list[tuple[int, str]] = []
    count = 0
    for at, block in enumerate(blocks):
        note = _NOTE.match(block.text) if block.kind == "paragraph" else None
        marked = [place for place, symbol in waiting if note and symbol == note[1]]
        if note and marked:
            count += 1
            label = f"note-{count}"
            for place in dict.fromkeys(marked):
                tied[place] = _mark(tied[place], note[1], label)
            tied[at] = replace(block, text=f"[^{label}]: {block.text[note.end() :]}")
            waiting = [one for one in waiting if one[1] != note[1]]
        elif block.kind not in {"heading", "picture", "figure"}:
            symbols = () if _OPENED.search(block.text) else _MARK.findall(block.text)
            waiting += [(at, symbol) for symbol in symbols]
    if len(waiting) == 1 and _can_be_note(tied, end):
        place, symbol = waiting.pop()
        count += 1
        tied[place] = _mark(tied[place], symbol, f"note-{count}")
        tied[end - 1] = replace(tied[end - 1], text=f"[^note-{count}]: {tied[end - 1].text}")
        tasks.append(
            f'{tied[end - 1].where}: check that "{remove_markdown(blocks[end - 1].text)}" is the note of the mark in '
            f"{tied[place].where}"
        )
    tasks += [f"{tied[at].where}: the mark {symbol.replace(chr(92), '')} has no note" for at, symbol in waiting]
    return tuple(tied)


def _mark(block: Block, symbol: str, label: str) -> Block:
    return replace(block, text=_MARK.sub(lambda mark: f"[^{label}]" if mark[1] == symbol else mark[0], block.text))


def _can_be_note(blocks: Sequence[Block], end: int) -> bool:
    last = blocks[end - 1] if 0 < end <= len(blocks) else None
    return bool(
        last and last.kind == "paragraph" and not last.text.startswith("[^") and len(last.text.split()) <= _MOST_WORDS
    )
