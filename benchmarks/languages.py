"""How long pages in other languages take, compared with the same handout in English, in seconds of CPU time.

Run: .venv/bin/python benchmarks/languages.py [FORMAT...]; the formats are handout, one-page and large-print by default.
All languages are printed in turn, for a number of practices, in three processes one after another; the least of three
times counts. The very first print of a language also reads its fonts and style sheets, once in a process ("new"); it
has fewer sections, so that it leaves no body for those that follow. Then the first print lays out a body, further ones
only the slots of a practice, and a print that differs in nothing but its code is put together from what is kept. A
longer text may need more pages, and more layouts until it fits: so the first print is also compared page by page.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import reduce
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from handouts.build.pipeline import Pipeline
from handouts.build.typeset import typeset
from handouts.model.document import Composed
from handouts.model.edition import Edition, formats
from handouts.model.library import Handout, Library, Practice
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layout.renderer import load_engine
from handouts.read.project import read_project

_ROOT: Final = Path(__file__).parents[1]
_PRACTICE: Final = "lakeside-spine-center"
_HANDOUT: Final = "going-home"
_PRACTICES: Final = 4
_ROUNDS: Final = 3
_FORMATS: Final = ("handout", "one-page", "large-print")
_TARGET: Final = 1.5
_JUDGED: Final = ("ar", "zh-Hans")  # in fonts of their own
_SOME_SECTION: Final = "care"
_WARM_UP: Final = "spinal-fracture"


@dataclass(frozen=True, slots=True)
class Measures:
    """The pages of a handout, and the CPU seconds of composing and of new, first, further and repeated prints."""

    pages: int
    new: float
    compose: float
    first: float
    further: float
    same: float

    def take_least(self, other: "Measures") -> "Measures":
        """Return the least of two measures of the same prints."""
        return Measures(*map(min, astuple(self), astuple(other)))


def main() -> None:
    """Measure and print a table for each format."""
    for name in sys.argv[1:] or _FORMATS:
        with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            rounds = pool.map(measure_languages, [name] * _ROUNDS, chunksize=1)
        least = {language: reduce(Measures.take_least, [one[language] for one in rounds]) for language in rounds[0]}
        heads = "".join(f" {head:>9}" for head in ("new", "compose", "first", "further", "same", "a page"))
        print(f"{name:16} pages{heads}   CPU seconds a print")
        english = least["en"]
        for language, found in least.items():
            seconds = (found.new, found.compose, found.first, found.further, found.same, found.first / found.pages)
            of_english = (*astuple(english)[1:], english.first / english.pages)
            ratios = [one / other for one, other in zip(seconds, of_english, strict=True)]
            print(f"{language:16} {found.pages:5}" + "".join(f" {one:9.4f}" for one in seconds))
            met = "met" if ratios[-1] <= _TARGET else f"MISSED: at most {_TARGET} a page"
            judged = f"   {met}" if language in _JUDGED else ""
            print(f"{'':22}" + "".join(f" {ratio:8.2f}x" for ratio in ratios) + judged, flush=True)


def measure_languages(name: str) -> Mapping[str, Measures]:
    """Return the measures of a format in each language, English first."""
    with tempfile.TemporaryDirectory(prefix="benchmark-languages-") as folder:
        project = Project(_write_project(Path(folder).resolve()))
        library = read_project(project).library
        if library is None:
            raise SystemExit("the project cannot be read")
        load_engine()
        pipeline = Pipeline(project, library.references)
        first, *practices = library.practices.values()
        _measure(pipeline, library, next(one for one in library.handouts if one.id == _WARM_UP), [first, first], name)
        handouts = sorted(
            (one for one in library.handouts if one.id == _HANDOUT),
            key=lambda one: (one.language != "en", one.language),
        )
        return {
            handout.language: _measure(pipeline, library, handout, [first, *practices], name) for handout in handouts
        }


def _write_project(root: Path) -> Path:
    """Write the shipped handout that is in several languages, and practices with texts in all of them."""
    for handout in (_HANDOUT, _WARM_UP):
        shutil.copytree(_ROOT / "content/handouts" / handout, root / "content/handouts" / handout)
    shutil.copy(_ROOT / "content/references.yaml", root / "content")
    for file in (root / "content/handouts" / _HANDOUT).glob("*.md"):
        text = re.sub(r"(?m)^formats:.*\n", "", file.read_text(encoding="utf-8"))
        # Values of a practice in the text would make another body for each practice.
        file.write_text(re.sub(r"\{\{ practice\.\w+ \}\}", "(616) 555-0100", text), encoding="utf-8")
    for file in (root / "content/handouts" / _WARM_UP).glob("[!e]*.md"):
        file.unlink()
    for count in range(_PRACTICES + 1):
        folder = root / f"content/practices/practice-{count}"
        shutil.copytree(_ROOT / "content/practices" / _PRACTICE, folder)
        text = re.sub(r"inserts:\n(  .*\n)+", "", (folder / "practice.yaml").read_text(encoding="utf-8"))
        text = text.replace("Lakeside Spine Center", f"Spine Center No. {count}").replace(
            "120 Harbor", f"{count} Harbor"
        )
        (folder / "practice.yaml").write_text(text, encoding="utf-8")
    (root / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    return root


def _measure(
    pipeline: Pipeline, library: Library, handout: Handout, practices: Iterable[Practice], name: str
) -> Measures:
    warm_up, *practices = practices
    sections = (_SOME_SECTION,) if handout.id == _HANDOUT else ()
    new = _time(_compose(pipeline, library, handout, warm_up, name, sections))[0]
    composing, printing, documents, pages = [], [], [], 0
    for practice in practices:
        start = time.process_time()
        document = _compose(pipeline, library, handout, practice, name)
        composing.append(time.process_time() - start)
        documents.append(document)
        seconds, pages = _time(document)
        printing.append(seconds)
    repeated = [_time(document)[0] for document in documents]
    return Measures(pages, new, min(composing), printing[0], min(printing[1:] or printing), min(repeated))


def _compose(
    pipeline: Pipeline, library: Library, handout: Handout, practice: Practice, name: str, sections: Iterable[str] = ()
) -> Composed:
    own = practice.in_language(handout.language)
    edition = Edition(formats(library.settings)[name], PrintOptions("letter"))
    selection = select(handout, tuple(sections)) if sections else select(handout)
    composition = pipeline.compose(number_for(selection, own), own, edition)
    if composition.document is None:
        raise SystemExit(f"the handout cannot be composed: {composition.problems}")
    return composition.document


def _time(document: Composed) -> tuple[float, int]:
    start = time.process_time()
    pages = typeset(document).pages
    return time.process_time() - start, pages


if __name__ == "__main__":
    main()
