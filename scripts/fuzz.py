"""Tries random content on the readers and the PDF engine: YAML, Markdown, CSL, SVG and CSS.

    scripts/fuzz.py --minutes 60 [--seed 1] [--only svg]

Prints what was tried, and each input after which something went wrong: an exception, more than 30 seconds, or more
memory than a process may use. Exits with 1 if there was any. Inputs are made of pieces that are right and pieces that
are not; a seed repeats a run.
"""

import argparse
import contextlib
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import datetime as dt  # noqa: E402 - after the path is set, as all below

from handouts.assets.broken_file import BrokenFileError  # noqa: E402
from handouts.assets.drawing import paint_drawing  # noqa: E402
from handouts.assets.svg import check_svg  # noqa: E402
from handouts.assets.svg_simplify import simplify_svg  # noqa: E402
from handouts.build.pipeline import Pipeline  # noqa: E402
from handouts.build.plan.plan import plan  # noqa: E402
from handouts.build.plan.request import Request  # noqa: E402
from handouts.build.typeset import typeset, warm_up  # noqa: E402
from handouts.model.document import Asset, Composed, Sheet  # noqa: E402
from handouts.model.project import Project  # noqa: E402
from handouts.problems.collector import Problems  # noqa: E402
from handouts.problems.problem import Place  # noqa: E402
from handouts.read.project import read_project  # noqa: E402
from handouts.system.digests import digest_of_file  # noqa: E402
from handouts.system.memory_limit import limit_memory  # noqa: E402
from support.projects import HANDOUT, PRACTICE, REFERENCES, small_project  # noqa: E402

SECONDS: Final = 30  # for one input
NUMBERS: Final = ("0", "-1", "1", "9", "0.1", "1e9", "1e308", "-1e-9", "NaN", "inf", "99999999999", "", "100%", "1e400")
YAML: Final = (
    *("- ", ": ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!int ", '"', "'", "| ", "> ", "# ", "%", "\t"),
    *("---\n", "...", "\n  ", "title", "id: ", "author", "issued: ", "family: ", "2026-02-31", "no", "~"),
    *("[2019, 13]", "\u202e", "\0", "x" * 9_000),
)
MARKDOWN: Final = (
    "# ",
    "## ",
    "\n",
    "\n\n",
    "::: ",
    ":::\n",
    "{#a}",
    "{.b w=1}",
    "[@",
    "]",
    "[^n]",
    "![",
    "](",
    ")",
    "**",
    "*",
    "_",
    "`",
    "|",
    "| --- |\n",
    "- ",
    "1. ",
    "- [ ] ",
    "> ",
    "    ",
    "<b>",
    "<!--",
    "-->",
    "{{ practice.phone }}",
    "H~2~O",
    "10 mg",
    "&#x202e;",
    "\u00a0",
    "\u200b",
    "5*3*2",
    "é",
    "\U0001f600",
    "word ",
    "[____]{#x label=y}",
    "~" * 40,
    "[" * 60,
    ">" * 60,
    "$a$",
    "\\",
)
SVG: Final = (
    "<g>",
    "</g>",
    "<rect width='{}' height='{}'/>",
    "<circle r='{}' cx='{}'/>",
    "<path d='M0 0L{} {}z'/>",
    "<use href='#a'/>",
    "<g id='a' transform='scale({}) rotate({})'>",
    "<linearGradient id='g'><stop offset='{}'/></linearGradient>",
    "<rect fill='url(#g)' stroke='url(#g)' stroke-width='{}' width='50' height='50'/>",
    "<text font-size='{}'>x</text>",
    "<mask id='a'>",
    "</mask>",
    "<clipPath id='a'>",
    "</clipPath>",
    "<pattern id='g' width='{}' height='{}'>",
    "</pattern>",
    "<style>g{{fill:url(#g)}}</style>",
    "<filter id='f'><feGaussianBlur stdDeviation='{}'/></filter>",
    "<g filter='url(#f)'>",
    "<marker id='a'>",
    "</marker>",
    "<path marker-mid='url(#a)' d='M0 0h9h9'/>",
    "<svg viewBox='0 0 {} {}'>",
    "</svg>",
    "<!--",
    "&lt;",
)
CSS: Final = (
    "h1",
    "p",
    "main",
    "{",
    "}",
    ";",
    "width: {}px;",
    "transform: scale({}) translate({}px);",
    "columns: {};",
    "margin: {}em;",
    "position: absolute;",
    "float: left;",
    "display: table;",
    "display: flex;",
    "display: grid;",
    "grid-template-columns: repeat({}, 1fr);",
    "content: counter(a, {});",
    "--a: var(--a) {};",
    "height: var(--a);",
    "calc({}px * {})",
    "line-height: {};",
    "font-size: {}pt;",
    "@page {{ size: {}in {}in }}",
    "@media print {{",
    "border: {}px solid;",
    "background: linear-gradient(red {}%, blue);",
    "letter-spacing: {}px;",
    "break-inside: avoid;",
    "opacity: {};",
    "z-index: {};",
    "text-indent: {}px;",
    "padding: {}%;",
    "overflow: hidden;",
    "/*",
    "*/",
    "\\",
)
PAGE: Final = (
    '<!doctype html><html lang="en"><title>Bones</title><main><h1>Bones</h1><p>Rest. <b>Call 911</b>.</p></main>'
)


def write_pieces(dice: random.Random, pieces: Iterable[str]) -> str:
    """Return a text of random pieces, with random numbers in them."""
    pieces = tuple(pieces)
    chosen = [dice.choice(pieces) for _ in range(dice.randint(1, 40))]
    texts = []
    for piece in chosen:
        while "{}" in piece:
            piece = piece.replace("{}", dice.choice(NUMBERS), 1)  # noqa: PLW2901 - filled step by step
        texts.append(piece.replace("{{", "{").replace("}}", "}"))
    return "".join(texts)


def insert_pieces(dice: random.Random, text: str, pieces: Iterable[str]) -> str:
    """Return a text with random pieces at a random place of it, and sometimes without a part."""
    start = dice.randrange(len(text))
    end = start if dice.random() < 0.7 else min(len(text), start + dice.randint(1, 60))  # noqa: PLR2004 - mostly nothing
    return text[:start] + write_pieces(dice, pieces) + text[end:]


class Targets:
    """The parts that are tried, on one small project."""

    def __init__(self, folder: Path) -> None:
        """Make the project in a folder."""
        self.project = small_project(folder)
        self._texts = {name: self.project.text(name) for name in (HANDOUT, PRACTICE, REFERENCES)}

    def change(self, name: str, pieces: Iterable[str], dice: random.Random) -> str:
        """Return the text of a file with pieces in it."""
        return insert_pieces(dice, self._texts[name], pieces)

    def try_file(self, name: str, text: str) -> None:
        """Read the project with this text in a file, and make its print as plain text."""
        self.project.write(name, text.encode("utf-8", "replace"))
        try:
            project = Project(self.project.root)
            reading = read_project(project)
            if reading.library and reading.library.handouts and reading.library.practices:
                pipeline = Pipeline(project, reading.library.references)
                for planned in plan(reading.library, Request(formats=("text",))):
                    pipeline.make_print(planned)
        finally:
            self.project.write(name, self._texts[name])

    def try_svg(self, text: str) -> None:
        """Check, simplify and paint a drawing."""
        raw = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{text}</svg>'.encode("utf-8", "replace")
        if check_svg(raw, "x.svg", Place("x.svg"), Problems()):
            with contextlib.suppress(BrokenFileError):  # it is refused
                paint_drawing(simplify_svg(raw), 200)
            path = self.project.write("content/practices/clinic/fuzz.svg", raw)
            page = PAGE.replace("<p>", f'<p><img src="{path.name}" alt="x">')
            self._typeset(page, "", Asset(path, "logo", digest_of_file(path), Place("x.svg")))

    def try_css(self, text: str) -> None:
        """Lay out a page with a style sheet."""
        self._typeset(PAGE, text)

    def _typeset(self, page: str, css: str, *files: Asset) -> None:
        sheet = Sheet("fuzz.css", css, ROOT / "styles")
        root = files[0].path.parent if files else ROOT
        typeset(Composed(page, "en", dt.date(2026, 1, 1), (sheet,), root, files, (ROOT / "styles",)))


def make_targets(targets: Targets) -> dict[str, tuple[Callable[[random.Random], str], Callable[[str], None]]]:
    """Return how to write an input and how to try it, by the name of the part."""
    return {
        "yaml": (lambda dice: targets.change(PRACTICE, YAML, dice), lambda text: targets.try_file(PRACTICE, text)),
        "front": (lambda dice: targets.change(HANDOUT, YAML, dice), lambda text: targets.try_file(HANDOUT, text)),
        "markdown": (
            lambda dice: targets.change(HANDOUT, MARKDOWN, dice),
            lambda text: targets.try_file(HANDOUT, text),
        ),
        "csl": (lambda dice: targets.change(REFERENCES, YAML, dice), lambda text: targets.try_file(REFERENCES, text)),
        "svg": (lambda dice: write_pieces(dice, SVG), targets.try_svg),
        "css": (lambda dice: write_pieces(dice, CSS), targets.try_css),
    }


def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End an input that takes too long."""
    raise TimeoutError


def main() -> int:
    """Try inputs until the time is over; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["yaml", "front", "markdown", "csl", "svg", "css"])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    limit_memory()
    warm_up()
    signal.signal(signal.SIGALRM, stop)
    dice, tried, failed = random.Random(options.seed), Counter[str](), Counter[str]()  # noqa: S311 - not for secrets
    slowest: dict[str, float] = {}
    end = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        targets = make_targets(Targets(Path(folder, "project")))
        names = [options.only] if options.only else list(targets)
        while time.monotonic() < end:
            name = dice.choice(names)
            write, run = targets[name]
            text = write(dice)
            began = time.monotonic()
            signal.alarm(SECONDS)
            try:
                run(text)
            except BaseException as raised:  # noqa: BLE001 - libraries written in Rust raise more than Exception
                if isinstance(raised, KeyboardInterrupt):
                    break
                signal.alarm(0)
                last = traceback.extract_tb(raised.__traceback__)[-1]
                kind = f"{name}: {type(raised).__name__} in {Path(last.filename).name}:{last.lineno}"
                failed[kind] += 1
                if failed[kind] == 1:
                    sys.stdout.write(f"--- {kind}: {raised}\n{text[:2_000]!r}\n")
            signal.alarm(0)
            tried[name] += 1
            slowest[name] = max(slowest.get(name, 0), time.monotonic() - began)
    for name, count in tried.items():
        sys.stdout.write(f"{name}: {count} inputs, the slowest took {slowest[name]:.1f} s\n")
    for kind, count in failed.items():
        sys.stdout.write(f"{count} x {kind}\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
