"""Texts in Spanish have the Flesch-Szigriszt index of textstat, apart from syllables, which textstat does not hear."""

import re

import pytest
from textstat.textstat import textstatistics

from handouts.check.plain_language.analysis import AnalyzedUnit, analyze_handout
from handouts.check.plain_language.plain_language import check_plain_language
from handouts.check.plain_language.spanish import (
    compute_szigriszt,
    count_spanish_syllables,
    measure_spanish,
    name_level,
)
from handouts.check.plain_language.word_list import read_word_list
from handouts.model.library import Handout
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.schema.plain_language import PlainLanguage
from support.projects import HANDOUT, SmallProject
from support.shipped import ROOT, library
from support.spoken_text import text_of

ORACLE = textstatistics()
ORACLE.set_lang("es")
UNITS = [
    unit
    for handout in library().handouts
    if handout.language == "es"
    for unit in analyze_handout(handout, PlainLanguage())
    if text_of(unit)
]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.unit.title)
def test_each_section_has_the_index_of_textstat(unit: AnalyzedUnit) -> None:
    text = text_of(unit)
    sentences, words, syllables = measure_spanish(unit.texts)
    counted, heard = ORACLE.sentence_count(text), ORACLE.syllable_count(text)
    assert words == ORACLE.lexicon_count(text)
    assert sentences == pytest.approx(counted, abs=1)  # the stop behind a field, as in "{{ practice.name }}."
    assert compute_szigriszt(counted, words, heard) == pytest.approx(ORACLE.szigriszt_pazos(text), abs=0.01)
    # textstat counts the places where a word may be hyphenated: it hears dí-a and u-na as one syllable.
    assert heard <= syllables <= 1.12 * heard


# Divided by the rules of the Ortografía de la lengua española (Real Academia Española, 2010).
SYLLABLES = """
u-na dí-a a-ños le-a cre-e muy hay y rey ma-yo-rí-a a-yu-da dia-rio ciu-dad cui-da-do bue-no que a-quí  a-ho-ra
pa-ís ca-í-da ra-dio-gra-fí-as os-te-o-po-ro-sis san-guí-ne-os fun-ción Pa-ra-guay es-tu-diáis ve-hí-cu-lo bú-ho
a-ve-ri-güe pin-güi-no co-lum-na mé-di-co en-fer-me-rí-a vér-te-bra frac-tu-ra ci-fo-plas-tia a-li-ne-a-ción
"""


@pytest.mark.parametrize("divided", SYLLABLES.lower().split())
def test_syllables_are_those_of_the_academy(divided: str) -> None:
    assert count_spanish_syllables(divided.replace("-", "")) == divided.count("-") + 1


@pytest.mark.parametrize(
    ("index", "level"),
    [
        (80, "muy fácil"),
        (79.9, "bastante fácil"),
        (65, "bastante fácil"),
        (55, "normal"),
        (40, "algo difícil"),
        (39.9, "muy difícil"),
    ],
)
def test_levels_are_those_of_the_scale(index: float, level: str) -> None:
    assert name_level(index) == level


HARD = (
    "La administración intravenosa de medicamentos anticoagulantes requiere una monitorización individualizada "
    "permanente, considerando simultáneamente las características farmacológicas y las contraindicaciones "
    "específicas de cada participante, determinadas anteriormente por especialistas en rehabilitación, "
    "traumatología y neurocirugía, quienes proporcionarán las correspondientes recomendaciones."
)


def test_hard_spanish_is_reported_and_the_shipped_is_not(project: SmallProject) -> None:
    project.write(
        HANDOUT.replace("en.md", "es.md"), re.sub(r"(?m)^## .*$", rf"\g<0>\n\n{HARD}", project.text(HANDOUT), count=1)
    )
    library_ = project.read().library
    assert library_
    (spanish,) = (one for one in library_.handouts if one.language == "es")
    shipped = [one for one in library().handouts if one.language == "es"]
    assert codes(spanish) == {"hard-spanish", "hard-spanish-section"}
    assert [codes(one) for one in shipped] == [set()] * len(shipped)


def codes(handout: Handout) -> set[str]:
    problems = Problems()
    check_plain_language(handout, PlainLanguage(), read_word_list(Project(ROOT), "es", Problems()), problems)
    return {problem.code for problem in problems}
