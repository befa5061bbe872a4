"""How long a choice of sections takes that was never laid out: `benchmarks/new_choices.py [--seen] [HANDOUT]...`.

Each choice is laid out in a copy of a process that is like a worker of the front desk: it has laid out what is opened
at first of all other handouts, and with --seen of this one. The choices are those that staff are likely to make: each
section off, each one alone, and three at random. Milliseconds are of the processor, so that other work on this machine
makes little difference; those of the pages that the copy takes from the first process are among them.
"""

import functools
import gc
import importlib
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from handouts.build.pipeline import Pipeline
from handouts.build.typeset import typeset, warm_up
from handouts.compose.composer import ComposeOptions
from handouts.model.document import Composed
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.read.project import read_project
from handouts.web.print_choice import PrintChoice, find_handout, list_default_sections

ROOT = Path(__file__).parents[1]
PRACTICE, LANGUAGE = "lakeside-spine-center", "en"
LONGEST = ("spinal-fracture", "bone-exercises", "falls-at-home", "bone-food")
TRIPLES = 12
LIMIT = 1000  # ms
# The stages of a print, some of them within others.
STAGES = {
    "parse": ("handouts.pdf.layout.renderer", "Engine.parse"),
    "layouts": ("handouts.pdf.layout.renderer", "Renderer.render"),
    "styles": ("weasyprint.document", "get_all_computed_styles"),
    "boxes": ("weasyprint.document", "build_formatting_structure"),
    "body": ("handouts.pdf.layers.written_body", "write_body"),
    "slots": ("handouts.pdf.layers.layered_print", "print_layers"),
    "checks": ("handouts.pdf.write_pdf", "check_pages"),
}


class Clock:
    """Adds up the processor time of stages."""

    def __init__(self) -> None:
        """Start to measure the stages of this process."""
        self.spent: dict[str, list[float]] = {stage: [] for stage in STAGES}
        for stage, (module, name) in STAGES.items():
            *owner, attribute = name.split(".")
            place = functools.reduce(getattr, owner, importlib.import_module(module))
            setattr(place, attribute, self._measure(stage, getattr(place, attribute)))

    def _measure(self, stage: str, function: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(function)
        def measured(*arguments: object, **named: object) -> object:
            start = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.spent[stage].append(1000 * (time.process_time() - start))

        return measured


def compose(library: Library, pipeline: Pipeline, name: str, sections: tuple[str, ...]) -> Composed:
    """Compose a choice of sections."""
    planned = PrintChoice(PRACTICE, name, LANGUAGE, sections=sections).plan(library)
    document = pipeline.compose(number(planned.selection, planned.practice.inserts), planned.practice, planned.edition)
    if document.document is None:
        raise SystemExit(f"cannot be composed: {name} {sections}")
    return document.document


def list_choices(sections: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield choices of sections with a name for each."""
    for section in sections:
        yield f"without {section}", tuple(one for one in sections if one != section)
        yield f"only {section}", (section,)
    chance = random.Random(len(sections))  # noqa: S311 - not for security
    triples = {tuple(sorted(chance.sample(sections, 3), key=sections.index)) for _ in range(TRIPLES)}
    for triple in sorted(triples):
        yield " + ".join(triple), triple


def lay_out(composed: Composed) -> tuple[float, dict[str, list[float]]]:
    """Return the milliseconds of a print, and of its stages."""
    clock, start = Clock(), time.process_time()
    typeset(composed)
    return 1000 * (time.process_time() - start), clock.spent


def measure(composed: Composed) -> tuple[float, dict[str, list[float]]]:
    """Lay out in a copy of this process, which collects its garbage before, as a worker does."""
    gc.collect(0)
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as copy:
        return copy.submit(lay_out, composed).result()


def report(title: str, took: float, spent: dict[str, list[float]]) -> None:
    """Print a line: all layouts of a choice, and each stage."""
    layouts = ",".join(f"{one:.0f}" for one in spent["layouts"])
    others = " ".join(f"{sum(times):4.0f}" for stage, times in spent.items() if stage != "layouts")
    sys.stdout.write(f"{took:6.0f}  {others}  {layouts:28} {title}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure the choices of each handout, and print the median, the 95th percentile and the longest."""
    is_seen = "--seen" in sys.argv
    names = [one for one in sys.argv[1:] if one != "--seen"] or LONGEST
    project = Project(ROOT)
    library = read_project(project).library
    if library is None:
        raise SystemExit("the project cannot be read")
    pipeline = Pipeline(project, library.references, ComposeOptions(mark_drafts=True))
    warm_up()
    shown = {one.id for one in library.handouts if one.language == LANGUAGE}
    for name in sorted(shown - set(names)):
        typeset(compose(library, pipeline, name, tuple(list_default_sections(find_handout(library, name, LANGUAGE)))))
    everything = []
    for name in names:
        sections = [section.id for section in find_handout(library, name, LANGUAGE).sections]
        if is_seen:
            typeset(compose(library, pipeline, name, tuple(sections)))
        stages = " ".join(f"{stage:>6}" for stage in STAGES if stage != "layouts")
        sys.stdout.write(f"{name}\n    ms {stages}  layouts\n")
        for title, choice in list_choices(sections):
            took, spent = measure(compose(library, pipeline, name, choice))
            report(title, took, spent)
            everything.append(took)
    everything.sort()
    count, over = len(everything), sum(took > LIMIT for took in everything)
    median, most = everything[count // 2], everything[count * 95 // 100]
    sys.stdout.write(f"{count} choices: median {median:.0f} ms, 95 % {most:.0f} ms, longest {everything[-1]:.0f} ms")
    sys.stdout.write(f"; {over} over {LIMIT} ms\n")


if __name__ == "__main__":
    main()
