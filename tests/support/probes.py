"""Probes: sentences with the codes that an editor would expect, each checked as a handout of its own."""

import datetime as dt
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from support.shipped import ROOT

PROBES = ROOT / "benchmarks" / "check_accuracy" / "probes.tsv"
DAY = dt.date(2026, 6, 1)
REFERENCES = """\
references:
  - {id: a, type: book, author: [{family: Jones, given: B}], title: A book, publisher: A press, issued: "2021"}
"""
HANDOUT = """\
---
title: A title
code: "P-{number}"
version: "1.0"
published: 2026-01-10
review_due: 2028-01-10
status: approved
reviewed_by: Editors
audience: For you
main_message: You can rest.
disclaimer: Talk to us.
---

## What is it? {{#what}}

{sentence}

## When to call us {{#call}}

Call us if you feel worse.[@a]
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """A sentence, its line in probes.tsv, and the codes that are expected."""

    line: int
    codes: frozenset[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Score:
    """How often a code was found rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of findings that are right, in percent."""
        return 100 * self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of expected findings that were found, in percent."""
        return 100 * self.right / max(1, self.right + self.missed)


def read_probes() -> tuple[Probe, ...]:
    """Read probes.tsv."""
    lines = enumerate(PROBES.read_text(encoding="utf-8").splitlines(), start=1)
    rows = ((line, text.partition("\t")) for line, text in lines if not text.startswith("#"))
    return tuple(Probe(line, frozenset(codes.split()) - {"-"}, sentence) for line, (codes, _, sentence) in rows)


def find_codes(sentences: Sequence[str]) -> list[frozenset[str]]:
    """Return the codes that `handouts check` finds in each sentence, as the only paragraph of a handout."""
    with tempfile.TemporaryDirectory(prefix="handouts-probes-") as name:
        root = Path(name).resolve()
        (root / "content").mkdir()
        (root / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
        (root / "content" / "references.yaml").write_text(REFERENCES, encoding="utf-8")
        for number, sentence in enumerate(sentences):
            folder = root / "content" / "handouts" / f"probe-{number}"
            folder.mkdir(parents=True)
            text = HANDOUT.format(number=number, sentence=sentence)
            (folder / "en.md").write_text(text, encoding="utf-8")
        codes = defaultdict[int, set[str]](set)
        for problem in check_project(Project(root), Scope(), DAY).open:
            if problem.place and problem.place.file.endswith("/en.md"):
                codes[int(PurePosixPath(problem.place.file).parts[2].partition("-")[2])].add(problem.code)
    return [frozenset(codes[number]) for number in range(len(sentences))]


def score_codes(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Mapping[str, Score]:
    """Return the score of each code from pairs of expected and found codes."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for expected, found in pairs:
        right.update(expected & found)
        wrong.update(found - expected)
        missed.update(expected - found)
    codes = sorted({*right, *wrong, *missed})
    return {code: Score(right[code], wrong[code], missed[code]) for code in codes}


def list_misses(probes: Iterable[Probe], found: Iterable[frozenset[str]]) -> Iterator[str]:
    """Yield a line for each probe with another result than expected."""
    for probe, codes in zip(probes, found, strict=True):
        if probe.codes != codes:
            expected = " ".join(sorted(probe.codes)) or "-"
            yield f"{probe.line}: expected {expected}, found {' '.join(sorted(codes)) or '-'}: {probe.sentence}"
