"""Where WeasyPrint broke a text into lines: noted at each line, because it cannot be told from finished pages."""

import functools
from typing import Any

import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.text import line_break

from handouts.pdf.page_checks.painted_text import Cut

_split = line_break.split_first_line


@functools.cache
def note_cuts() -> None:
    """Have WeasyPrint note at each line how its text was cut, as `cut` of its `pango_layout`; once in a process.

    There is no hook for it, so a function of WeasyPrint 70 is replaced.
    """
    for module in (line_break, weasyprint.layout.inline, weasyprint.layout.preferred):
        module.split_first_line = split_first_line


def split_first_line(text: str, style: Any, context: Any, *how: Any, **named: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Do what WeasyPrint's function of this name does, and note how the text was cut."""
    line, length, resume, *measures = _split(text, style, context, *how, **named)
    line.cut = "" if resume is None else _cut(text, resume, style["lang"])
    return line, length, resume, *measures


def _cut(text: str, resume: int, lang: str | None) -> Cut:
    """Return where a text is broken that goes on in the next line after so many bytes."""
    before = text.encode()[:resume].decode()
    after = text[len(before) :]
    if not before or not after:
        return ""
    if "\n" in before[-1] + after[0]:
        return "line"
    if before[-1].isspace() or after[0].isspace():
        return "space"
    start = before.split(" ")[-1]
    may_break = line_break.get_log_attrs(start + after.split(" ", 1)[0], lang)[len(start)].is_line_break
    return "joint" if may_break else "word"
