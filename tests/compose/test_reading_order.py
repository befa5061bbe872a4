"""Amounts and other words from left to right keep their order in a text from right to left."""

import re
from pathlib import Path

import pypdfium2
import pytest

from handouts.compose.text_writer import TextWriter
from support.builds import copy_of_form
from support.command import run_here

_PARAGRAPH = "من فضلك أخبر الممرض أو الممرضة بكلماتك أنت."
_IN_ORDER = ("38.5°C", "2\u20133 mg", "1\u20132 \u00d7 5 mg", "38.6 °C", "+7", "109/L", "H2O", "40 mg/kg", "50 mg x 3")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("حرارة 38.5°C نعم", ["38.5°C"]),
        ("حرارة و38.5 °C نعم", ["38.5 °C"]),
        ("حرارة (38.5°C).", ["38.5°C"]),
        ("دواء 2\u20133 mg نعم", ["2\u20133 mg"]),
        ("دواء 1\u20132 \u00d7 5 mg نعم", ["1\u20132 \u00d7 5 mg"]),
        ("بين 10\u201320 \u00d7 2 مل", ["10\u201320 \u00d7 2"]),
        ("نحو +5 أو <5 أو 5\u00d7 أو Na+", ["+5", "<5", "5\u00d7", "Na+"]),
        # A range is read from the right, as the words around it are; the others keep their order by themselves.
        ("وقت 8:00\u201312:00 نعم", []),
        ("نحو (2\u20135) مل", []),
        ("نسبة 10% أو 120:80 أو B12 أو x-ray/MRI2 أو «C4»", ["x-ray/MRI2"]),
        ("زر https://ankle.example.org/a?b=1 نعم", []),
    ],
)
def test_amounts_without_spaces_and_with_signs_keep_their_order(text: str, runs: list[str]) -> None:
    html = str(TextWriter("ar")(text)).replace("&lt;", "<")
    assert re.findall('<span dir="ltr">([^<]*(?:<5)?)</span>', html) == runs
    assert re.sub("<(?:/?span|span [^>]*)>", "", html) == text


def read_lines(page: pypdfium2.PdfPage) -> list[str]:
    """Return the letters of each line from left to right, without spaces; raised and lowered ones are in their line."""
    text = page.get_textpage()
    letters = [(text.get_charbox(at, loose=True), text.get_text_range(at, 1)) for at in range(text.count_chars())]
    lines: dict[float, list[tuple[float, str]]] = {}
    for (left, bottom, _, top), letter in letters:
        middle = (bottom + top) / 2
        line = next((one for one in lines if abs(one - middle) < 6.5), middle)
        lines.setdefault(line, []).append((left, letter.strip()))
    return ["".join(letter for _, letter in sorted(line)) for line in lines.values()]


def test_amounts_of_several_elements_keep_their_order_on_pages_and_in_texts(tmp_path: Path) -> None:
    project = copy_of_form(tmp_path)
    file = project / "content/handouts/going-home/ar.md"
    amounts = " ثم ".join(_IN_ORDER).replace("109", "10^9^").replace("H2O", "H~2~O")
    amounts = amounts.replace("40 mg", "**40** mg").replace("50 mg", "**50 mg**")
    text = file.read_text(encoding="utf-8")
    assert _PARAGRAPH in text
    file.write_text(text.replace(_PARAGRAPH, f"{_PARAGRAPH} {amounts} **دواء 60** mg نعم."), encoding="utf-8")
    ran = run_here(project, "build", "-l", "ar", "-p", "lakeside-spine-center", "-f", "handout", "-f", "text")
    assert ran.code == 0, ran.err
    built = project / "output/lakeside-spine-center"
    shown = [line for page in pypdfium2.PdfDocument(built / "going-home.ar.handout.pdf") for line in read_lines(page)]
    for amount in _IN_ORDER:
        assert any(amount.replace(" ", "") in line for line in shown), amount
    plain = (built / "going-home.ar.txt").read_text(encoding="utf-8")
    for amount in ("38.5°C", "10\u200e*⁹\u200e*/L", "H₂O"):
        assert re.search(f"\u200e{amount}\u200e", plain), amount
