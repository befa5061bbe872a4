"""Type sizes, measured in the PDFs of both practices (page design; UKAAF G003; APH and ACB large print)."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

PRACTICES: Final = ("lakeside-spine-center", "northgate-family-practice")
ZOOM: Final = 3  # poppler gives whole numbers: thirds of a point
RAISED: Final = re.compile(r"[\d,\-*†‡§¶# ]+")


@pytest.mark.parametrize("practice", PRACTICES)
@pytest.mark.parametrize(
    ("kind", "body", "smallest"), [("handout", 12, 9), ("large-print", 18, 18), ("booklet", 11, 9)]
)
def test_type_is_as_large_as_the_format_promises(
    shipped_color: Path, practice: str, kind: str, body: float, smallest: float
) -> None:
    letters = Counter[float]()
    for size, words in lines(shipped_color / practice / f"spinal-fracture.en.{kind}.pdf"):
        letters[size] += len(words)
        assert size >= smallest or RAISED.fullmatch(words), words
    assert letters.most_common(1)[0][0] == body


def lines(pdf: Path) -> list[tuple[float, str]]:
    """Return the type size in points and the words of each piece of text."""
    command = ["pdftohtml", "-xml", "-i", "-zoom", str(ZOOM), "-stdout", str(pdf)]
    root = ET.fromstring(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S314 - of poppler
    sizes = {font.attrib["id"]: int(font.attrib["size"]) / ZOOM for font in root.iter("fontspec")}
    return [(sizes[text.attrib["font"]], "".join(text.itertext()).strip()) for text in root.iter("text")]
