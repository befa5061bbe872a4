"""Sets a print code letter by letter, in the glyphs of a sample, because each print has its own code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from handouts.pdf.layers.open_objects import OpenForm, OpenObject, open_form
from handouts.schema.print_code import ALPHABET

CANONICAL: Final = "000-000-000"
"""A code that is laid out in place of all others: it has the same size, because its box is wider than any code."""

_GROUP: Final = f"[{ALPHABET}]{{3}}"
_CODE: Final = re.compile(rf'<span class="code">({_GROUP}-{_GROUP}-{_GROUP})</span>')
_SHOW: Final = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_GLYPHS: Final = re.compile(rb"<((?:[0-9a-f]{4})+)>(-?[\d.]*)")


@dataclass(frozen=True, slots=True)
class Letters:
    """The glyph of each letter in hexadecimal, its width in thousandths of the size, and corrections between two."""

    glyphs: Mapping[str, str]
    widths: Mapping[str, float]
    corrections: Mapping[tuple[str, str], str]

    def write(self, text: str) -> bytes:
        """Return the operator that shows a text."""
        shown = [f"<{self.glyphs[one]}>{self.corrections[one, other]}" for one, other in pairwise(text)]
        return f"[{''.join(shown)}<{self.glyphs[text[-1]]}>0] TJ".encode()

    def measure(self, text: str) -> float:
        """Return the width of a text in thousandths of its size."""
        return sum(self.widths[letter] for letter in text) - sum(
            float(self.corrections[pair]) for pair in pairwise(text)
        )


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A form that shows a code, its letters, and the most width for it."""

    form: OpenForm
    letters: Letters
    room: float

    def write(self, code: str) -> OpenObject | None:
        """Return the form with a code; None if the code is too wide."""
        return self.form.write(self.letters.write(code)) if self.letters.measure(code) <= self.room else None


def find_code(slots: Sequence[str]) -> str | None:
    """Return the code that is all there is in some slots; None if there is anything else."""
    found = [_CODE.fullmatch(slot) for slot in slots]
    codes = {match[1] for match in found if match}
    return codes.pop() if len(codes) == 1 and all(found) else None


def replace_code(slot: str, text: str) -> str:
    """Return a slot with another text in place of the code."""
    return _CODE.sub(f'<span class="code">{text}</span>', slot)


def make_sample() -> str:
    """Return a text in which each letter of codes stands before each: a closed trail over all pairs of letters."""
    letters = f"{ALPHABET}-"
    trail, waiting = [], [letters[0]]
    unused = {letter: list(letters) for letter in letters}
    while waiting:  # Hierholzer's algorithm
        if unused[waiting[-1]]:
            waiting.append(unused[waiting[-1]].pop())
        else:
            trail.append(waiting.pop())
    return "".join(reversed(trail))


def read_letters(sample: str, content: Sequence[Any], widths: Mapping[int, float]) -> Letters | None:
    """Return the letters of a sample from the content stream that shows it; None if it is not shown letter by letter.

    `widths` are those of the glyphs of its font.
    """
    shown = [match for operation in content if isinstance(operation, bytes) and (match := _SHOW.fullmatch(operation))]
    if len(shown) != 1:
        return None
    parts = _GLYPHS.findall(shown[0][1])
    is_all = b"".join(b"<%s>%s" % part for part in parts) == shown[0][1]
    if not is_all or len(parts) != len(sample) or any(len(glyph) != 4 for glyph, _ in parts):  # noqa: PLR2004 - digits
        return None
    glyphs = {letter: glyph.decode() for letter, (glyph, _) in zip(sample, parts, strict=True)}
    corrections = {pair: part[1].decode() or "0" for pair, part in zip(pairwise(sample), parts, strict=False)}
    if any(glyphs[letter] != glyph.decode() for letter, (glyph, _) in zip(sample, parts, strict=True)):
        return None
    return Letters(glyphs, {letter: widths[int(glyph, 16)] for letter, glyph in glyphs.items()}, corrections)


def open_code(form: Any, letters: Letters, room: float) -> CodeForm | None:  # noqa: ANN401 - pydyf publishes no types
    """Return a form in which the code is left open; None if it shows anything else."""
    shown = [index for index, operation in enumerate(form.stream) if _is_show(operation)]
    if len(shown) != 1:
        return None
    return CodeForm(open_form(form, shown[0], shown[0] + 1), letters, room)


def _is_show(operation: object) -> bool:
    return isinstance(operation, bytes) and operation.endswith((b"TJ", b"Tj"))
