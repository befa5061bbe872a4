"""What a PDF holds, read back with pikepdf and poppler."""

import html
import re
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pikepdf

from support.structure import outline


def text(path: Path) -> str:
    """Return the text of all pages, each line's spaces collapsed."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"[ \t]+", " ", done.stdout)


def read_columns(path: Path) -> str:
    """Return the text column by column."""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def read_tags(path: Path) -> str:
    """Return the text in the order of its tags."""
    with pikepdf.open(path) as pdf:
        return "\n".join(found for line in outline(pdf) for found in re.findall('"(.*)"', line))


def pages(path: Path) -> list[str]:
    """Return the text of each page."""
    return text(path).split("\f")[:-1]


def fonts(path: Path) -> dict[str, bool]:
    """Return the fonts by name, without the tag of a subset, and whether each is embedded."""
    done = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    return {row[0].split("+")[-1]: row[-5] == "yes" for row in rows}


def sizes(path: Path) -> set[tuple[float, float]]:
    """Return the page sizes in points."""
    with pikepdf.open(path) as pdf:
        return {(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages}


def internal_links(path: Path) -> dict[str, str]:
    """Return the description and the destination of each link within the document."""
    found: dict[str, str] = {}
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                if "/Dest" in annotation:
                    found[str(annotation["/Dest"])] = str(annotation.get("/Contents", ""))
    return found


def destinations(path: Path) -> set[str]:
    """Return the names of all destinations."""
    with pikepdf.open(path) as pdf:
        names = pdf.Root.Names.Dests.Names
        return {str(names[index]) for index in range(0, len(names), 2)}


class Word(NamedTuple):
    """A word and where it stands, in points from the top left of its page."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        """The size of its type: a line of the bundled font is 1.3 times as high."""
        return (self.bottom - self.top) / 1.3


def words(path: Path) -> list[Word]:
    """Return all words, pages counted from 0; a file that several tests look at is read once."""
    return list(_read_words(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=40)
def _read_words(path: Path, _written: int) -> tuple[Word, ...]:
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    return tuple(
        Word(html.unescape(word), page, float(left), float(top), float(right), float(bottom))
        for page, text_of_page in enumerate(done.stdout.split("<page ")[1:])
        for left, top, right, bottom, word in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', text_of_page
        )
    )


def overprinted(found: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the pairs of words of which one is printed over the other."""
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if one.page == other.page
        and min(one.right, other.right) - max(one.left, other.left) > 2
        and min(one.bottom, other.bottom) - max(one.top, other.top)
        > 0.5 * min(one.bottom - one.top, other.bottom - other.top)
    ]
