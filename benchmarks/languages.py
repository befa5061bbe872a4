"""How long the same form takes in each language, in one process: median of several prints, and its ratio to English.

Run: .venv/bin/python benchmarks/languages.py [FORMAT]. A page of Chinese or Arabic must take at most 1.5 times as long.
"""

import sys
import time
from pathlib import Path
from statistics import median
from typing import Final

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from handouts.read.project import read_project

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = ("en", "es", "vi", "zh-Hans", "ar")
ROUNDS: Final = 9
MOST: Final = 1.5


def main() -> None:
    """Print a line for each language; exit with 1 if one takes too long."""
    format_name = sys.argv[1] if len(sys.argv) > 1 else "handout"
    project = Project(ROOT)
    library = read_project(project).library
    if library is None:
        sys.exit("the project cannot be read")
    request = Request(handouts=("going-home",), practices=("lakeside-spine-center",), formats=(format_name,))
    prints = {item.selection.handout.language: item for item in plan(library, request)}
    times: dict[str, list[float]] = {language: [] for language in LANGUAGES}
    pages = dict.fromkeys(LANGUAGES, 0)
    pipeline = Pipeline(project, library.references)
    # In turns, so that what else the machine does slows down all languages alike; the first round only warms up.
    for number in range(ROUNDS + 1):
        for language in LANGUAGES:
            start = time.process_time()
            made = pipeline.make_print(prints[language])
            if number:
                times[language].append(time.process_time() - start)
            pages[language] = made.pages
    usual = median(times["en"]) / pages["en"]
    ratios = {language: median(times[language]) / pages[language] / usual for language in LANGUAGES}
    for language, ratio in ratios.items():
        print(f"{language:8} {median(times[language]):.3f} s, {pages[language]} pages, {ratio:.2f} times English")
    sys.exit(any(ratio > MOST for ratio in ratios.values()))


if __name__ == "__main__":
    main()
