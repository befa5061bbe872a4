"""Probes: sentences with the codes that an editor would expect, each checked as a handout of its own."""

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handouts.check.registry import FAMILIES
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

{text}

## When to call us {{#call}}

Call us if you feel worse.[@a]
"""
FIRST_LINE = HANDOUT[: HANDOUT.index("{text}")].count("\n") + 1
# What is measured for a text as a whole is compared with another program instead.
MEASURED = frozenset(
    rule.code
    for family in ("Doses", "Plain language", "Wording")
    for rule in FAMILIES[family]
    if rule.code not in {"hard-to-read", "section-hard-to-read", "long-sentences", "passive-voice"}
) | {"uncited-figure"}


@dataclass(frozen=True, slots=True)
class Probe:
    """A sentence, its line in probes.tsv, and what is expected: codes, all on the first line."""

    line: int
    expected: Counter[tuple[int, str]]
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
    return tuple(
        Probe(line, Counter({(1, code): 1 for code in codes.split() if code != "-"}), sentence)
        for line, (codes, _, sentence) in rows
    )


def find_codes(texts: Sequence[str]) -> list[Counter[tuple[int, str]]]:
    """Return what `handouts check` finds in each text, as the only section of a handout: line and code, with counts."""
    with tempfile.TemporaryDirectory(prefix="handouts-probes-") as name:
        root = Path(name).resolve()
        (root / "content").mkdir()
        (root / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
        (root / "content" / "references.yaml").write_text(REFERENCES, encoding="utf-8")
        for number, text in enumerate(texts):
            folder = root / "content" / "handouts" / f"probe-{number}"
            folder.mkdir(parents=True)
            (folder / "en.md").write_text(HANDOUT.format(number=number, text=text), encoding="utf-8")
        found = [Counter[tuple[int, str]]() for _ in texts]
        for problem in check_project(Project(root), Scope(), DAY).open:
            if problem.code in MEASURED and problem.place and problem.place.line >= FIRST_LINE:
                number = int(PurePosixPath(problem.place.file).parts[2].partition("-")[2])
                found[number][problem.place.line - FIRST_LINE + 1, problem.code] += 1
    return found


def score_codes(pairs: Iterable[tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]]) -> Mapping[str, Score]:
    """Return the score of each code from pairs of expected and found findings."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for expected, found in pairs:
        for counts, findings in ((right, expected & found), (wrong, found - expected), (missed, expected - found)):
            for (_, code), count in findings.items():
                counts[code] += count
    codes = sorted({*right, *wrong, *missed})
    return {code: Score(right[code], wrong[code], missed[code]) for code in codes}


def describe(findings: Counter[tuple[int, str]]) -> str:
    """Return the codes of findings, each with its line."""
    return " ".join(f"{code}:{line}" for line, code in sorted(findings.elements())) or "-"
