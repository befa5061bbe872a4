"""How long pages in other languages take, compared with the same handout in English, in seconds of CPU time.

Run: .venv/bin/python benchmarks/languages.py [FORMAT]; the format is handout by default. All languages are printed in
one process in turn, for a number of practices. The very first print of a language also reads its fonts and style
sheets, once in a process ("new"); it has fewer sections, so that it leaves no body for those that follow. Then the
first print lays out a body, further ones only the slots of a practice, and a print that differs in nothing but its code
is put together from what is kept. A longer text may need more layouts until it fits.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
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
_PRACTICES: Final = 8
_TARGET: Final = 1.5
_SOME_SECTION: Final = "care"
_WARM_UP: Final = "spinal-fracture"


def main() -> None:
    """Measure and print a table."""
    name = sys.argv[1] if len(sys.argv) > 1 else "handout"
    with tempfile.TemporaryDirectory(prefix="benchmark-languages-") as folder:
        project = Project(_write_project(Path(folder).resolve()))
        library = read_project(project).library
        if library is None:
            raise SystemExit("the project cannot be read")
        load_engine()
        pipeline = Pipeline(project, library.references)
        first, *practices = library.practices.values()
        _measure(pipeline, library, next(one for one in library.handouts if one.id == _WARM_UP), [first, first], name)
        in_english: tuple[float, ...] = ()
        heads = "".join(f" {head:>9}" for head in ("compose", "first", "further", "same"))
        print(f"{'':10} {'new':>9} {'pages':>5}{heads}   CPU seconds a print")
        handouts = [one for one in library.handouts if one.id == _HANDOUT]
        for handout in sorted(handouts, key=lambda one: one.language != "en"):
            new = _time(_compose(pipeline, library, handout, first, name, (_SOME_SECTION,)))[0]
            pages, *seconds = _measure(pipeline, library, handout, practices, name)
            in_english = in_english or tuple(seconds)
            ratios = [one / other for one, other in zip(seconds, in_english, strict=True)]
            print(f"{handout.language:10} {new:9.4f} {pages:5.0f} " + " ".join(f"{one:9.4f}" for one in seconds))
            met = "met" if max(ratios[:3]) <= _TARGET else f"MISSED: at most {_TARGET}"
            print(f"{'':26} " + " ".join(f"{ratio:8.2f}x" for ratio in ratios) + f"   {met}")


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
) -> tuple[float, ...]:
    """Return the pages of a handout, and the CPU seconds of composing and of first, further and repeated prints."""
    composing, printing, documents, pages = [], [], [], 0
    for practice in practices:
        start = time.process_time()
        document = _compose(pipeline, library, handout, practice, name)
        composing.append(time.process_time() - start)
        documents.append(document)
        seconds, pages = _time(document)
        printing.append(seconds)
    repeated = [_time(document)[0] for document in documents]
    return pages, median(composing[1:]), printing[0], median(printing[1:]), median(repeated)


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
