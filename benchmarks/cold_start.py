"""How long one PDF takes from a cold start, against the `weasyprint` command on the same HTML, style sheets and fonts.

Run: .venv/bin/python benchmarks/cold_start.py [RUNS]. Both are run in turn, and the ratio is taken pair by pair.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from handouts.build.pipeline import Pipeline
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project, shipped
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.read.project import read_project

HANDOUT, LANGUAGE, PRACTICE = "spinal-fracture", "en", "lakeside-spine-center"
ROOT = Path(__file__).parents[1]


def page(project: Project) -> str:
    """Compose the shipped handout as one HTML file that holds its style sheets."""
    library = read_project(project).library
    if library is None:
        raise SystemExit("the project cannot be read")
    practice = library.practices[PRACTICE]
    handout = next(one for one in library.handouts if (one.id, one.language) == (HANDOUT, LANGUAGE))
    numbered = number(select(handout), practice.inserts)
    edition = Edition(formats(library.settings)["handout"], PrintOptions("letter"))
    composed = Pipeline(project, library.references).compose(numbered, practice, edition).document
    if composed is None:
        raise SystemExit("the handout cannot be composed")
    sheets = "".join(f"<style>{sheet.text}</style>" for sheet in composed.sheets)
    return composed.html.replace("</head>", sheets.replace("url(images/", "url(styles/images/") + "</head>")


def seconds(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Run a command from the project's root and return how long it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, so a checkout shall be too
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    scripts = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "page.html"
        html.write_text(page(Project(ROOT)))
        ours = [str(scripts / "handouts"), "build", HANDOUT, "-l", LANGUAGE, "-p", PRACTICE]
        ours += ["-o", f"{folder}/ours.pdf"]
        # Nothing is kept from one run to the next.
        cold = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        theirs = [str(scripts / "weasyprint"), "-u", f"{ROOT.as_uri()}/", str(html), f"{folder}/theirs.pdf"]
        fonts = {**os.environ, "FONTCONFIG_FILE": str(shipped() / "styles" / "fonts" / "fonts.conf")}
        pairs: list[tuple[float, float]] = []
        for _ in range(runs + 1):
            shutil.rmtree(f"{folder}/cache", ignore_errors=True)
            pairs.append((seconds(ours, cold), seconds(theirs, fonts)))
        del pairs[0]  # while files are read for the first time
    ratios = [a / b for a, b in pairs]
    print(f"handouts build        {statistics.median(a for a, _ in pairs):.2f} s (median of {runs})")
    print(f"weasyprint page.html  {statistics.median(b for _, b in pairs):.2f} s")
    print(f"ratio                 {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    help_runs = [seconds([str(scripts / "handouts"), "--help"]) for _ in range(runs)]
    print(f"handouts --help       {statistics.median(help_runs):.2f} s")


if __name__ == "__main__":
    main()
