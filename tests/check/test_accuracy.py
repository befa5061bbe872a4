"""How right the rules about words are, over probes and public texts that were marked by hand.

benchmarks/check_accuracy prints the same as tables.
"""

import statistics
from collections import Counter

import pytest
import textstat

from handouts.check.registry import FAMILIES
from support.grades import measure_grade, write_for_oracle
from support.marked_texts import read_marked_texts
from support.probes import Score, describe, find_codes, read_probes, score_codes

PRECISION, RECALL = 95, 80  # percent


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    probes = read_probes()
    found = find_codes([probe.sentence for probe in probes])
    pairs = [(probe.expected, Counter(set(codes))) for probe, codes in zip(probes, found, strict=True)]
    return dict(score_codes(pairs))


def test_each_rule_on_doses_and_wording_has_probes(scores: dict[str, Score]) -> None:
    codes = {rule.code for family in ("Doses", "Wording") for rule in FAMILIES[family]}
    assert {code for code in codes if code not in scores or scores[code].right < 2} == set()
    assert len(read_probes()) >= 200


def test_each_rule_is_right_about_the_probes(scores: dict[str, Score]) -> None:
    wrong = {code: score for code, score in scores.items() if score.precision < PRECISION or score.recall < RECALL}
    assert wrong == {}


def test_the_rules_are_right_about_public_texts() -> None:
    texts = read_marked_texts()
    assert len(texts) >= 12
    found = find_codes([text.text for text in texts])
    pairs = [(text.expected, codes) for text, codes in zip(texts, found, strict=True)]
    scores = score_codes(pairs).values()
    total = Score(*(sum(getattr(score, name) for score in scores) for name in ("right", "wrong", "missed")))
    unlike = [(text.title, describe(one), describe(two)) for text, (one, two) in zip(texts, pairs, strict=True)]
    assert total.precision >= PRECISION, unlike
    assert total.recall >= RECALL, unlike


def test_grades_of_public_texts_are_those_of_textstat() -> None:
    texts = [write_for_oracle(text.text) for text in read_marked_texts()]
    differences = [measure_grade(text) - textstat.textstat.flesch_kincaid_grade(text) for text in texts]
    assert statistics.mean(map(abs, differences)) < 0.3, differences
