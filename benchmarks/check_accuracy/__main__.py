"""How right `handouts check` is about words: precision and recall by rule, and reading grades beside textstat's.

Run: .venv/bin/python benchmarks/check_accuracy [--misses]. The probes are sentences, most of them made up; the texts
are public texts for patients. Both were marked by hand before the rules were run on them.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import textstat

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from support.grades import measure_grade, write_for_oracle
from support.marked_texts import read_marked_texts
from support.probes import Score, describe, find_codes, read_probes, score_codes

Findings = Counter[tuple[int, str]]


def print_scores(title: str, scores: Mapping[str, Score]) -> None:
    """Print a table of scores, with a line for all of them."""
    all_scores = scores.values()
    total = Score(*(sum(getattr(score, name) for score in all_scores) for name in ("right", "wrong", "missed")))
    print(f"\n{title}\n{'rule':24} precision  recall  right  wrong  missed")
    for code, score in [*scores.items(), ("all", total)]:
        counts = f"{score.right:6} {score.wrong:6} {score.missed:7}"
        print(f"{code:24} {score.precision:7.0f} % {score.recall:5.0f} % {counts}")


def print_misses(names: Sequence[str], pairs: Sequence[tuple[Findings, Findings]]) -> None:
    """Print each text or probe with another result than expected."""
    for name, (expected, found) in zip(names, pairs, strict=True):
        if expected != found:
            print(f"{name}: missed {describe(expected - found)}, wrong {describe(found - expected)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks/check_accuracy", description="How right checks are about words.")
    parser.add_argument("--misses", action="store_true", help="also print what was missed or wrong")
    with_misses = parser.parse_args().misses

    probes = read_probes()
    probe_pairs = [
        (probe.expected, Counter(set(found)))
        for probe, found in zip(probes, find_codes([probe.sentence for probe in probes]), strict=True)
    ]
    print_scores(f"{len(probes)} probes", score_codes(probe_pairs))
    if with_misses:
        print_misses([f"line {probe.line}" for probe in probes], probe_pairs)

    texts = read_marked_texts()
    text_pairs = [
        (text.expected, found) for text, found in zip(texts, find_codes([text.text for text in texts]), strict=True)
    ]
    print_scores(f"{len(texts)} public texts", score_codes(text_pairs))
    if with_misses:
        print_misses([text.title for text in texts], text_pairs)

    print("\nreading grades (Flesch-Kincaid) of the words that CMUdict has\n  ours  textstat")
    differences: list[float] = []
    for text in texts:
        words = write_for_oracle(text.text)
        ours, theirs = measure_grade(words), textstat.textstat.flesch_kincaid_grade(words)
        differences.append(ours - theirs)
        print(f"{ours:6.1f} {theirs:8.1f}  {text.title.partition(', http')[0]}")
    mean = statistics.mean(map(abs, differences))
    print(f"mean difference {mean:.2f}, largest {max(map(abs, differences)):.2f}")


if __name__ == "__main__":
    main()
