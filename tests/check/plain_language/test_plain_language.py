"""Plain language: planted faults are found at their places, and nothing else is."""

from pathlib import Path
from typing import NamedTuple

import pytest

from handouts.check.plain_language import word_list
from handouts.check.plain_language.plain_language import (
    RULES,
    check_plain_language,
    check_plain_language_of_insert,
)
from handouts.check.plain_language.printed_texts import split_into_units
from handouts.check.plain_language.word_list import WordList, read_word_list
from handouts.check.plain_language.words import find_word_spans
from handouts.model.library import Handout, Insert
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem
from handouts.read.yaml.load import load_yaml_file
from handouts.schema.plain_language import PlainLanguage
from handouts.schema.plain_words import WordFile
from support.projects import HANDOUT, SmallProject
from support.shipped import ROOT, handout, library

LONG = (
    "You may feel better in a week or in a month, and it is fine to walk a lot each day, but you can rest as well if "
    "you would like to"
)
SENTENCE = "Back pain is common [@smith2020]. It is mostly harmless."


def word_list_of(root: Path) -> WordList:
    problems = Problems()
    words = read_word_list(Project(root), "en", problems)
    assert len(problems) == 0
    return words


def findings(project: SmallProject, settings: PlainLanguage | None = None) -> list[Problem]:
    reading = project.read()
    assert reading.library is not None, reading.problems
    (only,) = reading.library.handouts
    return findings_of(only, settings or PlainLanguage(), word_list_of(project.root))


def findings_of(handout: Handout, settings: PlainLanguage, words: WordList) -> list[Problem]:
    problems = Problems()
    check_plain_language(handout, settings, words, problems)
    return list(problems)


def findings_of_insert(insert: Insert, handout: Handout, words: WordList) -> list[Problem]:
    problems = Problems()
    check_plain_language_of_insert(insert, handout, PlainLanguage(), words, problems)
    return list(problems)


class Fault(NamedTuple):
    """A replacement in the handout, and what is found: code, the text `at` the place, parts of message and hint."""

    old: str
    new: str
    code: str
    at: str
    message: str
    hint: str


FAULTS = {
    "long sentence in a paragraph": Fault(
        SENTENCE, f"It hurts. {LONG}.", "long-sentence", "You may", "32 words", "two"
    ),
    "long sentence on the second line": Fault(
        SENTENCE, f"It hurts.\n{LONG}.", "long-sentence", "You may", "32 words", "two"
    ),
    "long sentence in a list": Fault("- after a fall", f"- {LONG}", "long-sentence", "You may", "32 words", "two"),
    "long sentence after a citation": Fault(
        SENTENCE, f"It hurts.[@smith2020] **Now** stop. {LONG}.", "long-sentence", "You may", "32 words", "two"
    ),
    "long sentence in a note": Fault("Above all in adults.", f"{LONG}.", "long-sentence", "You may", "32 words", "two"),
    "long sentence in front matter": Fault("Keep moving.", f"{LONG}.", "long-sentence", "You may", "32 words", "two"),
    "long word": Fault(
        "It is mostly", "It is subsequently", "long-word", "subsequently", '"subsequently" is long', "plainer: after"
    ),
    "long word in bold within a link": Fault(
        "It is mostly",
        "See [the **approximate** dose](#worry). It is mostly",
        "long-word",
        "approximate",
        '"approximate"',
        "about",
    ),
    "phrase over two lines": Fault(
        "It is mostly", "Rest in the\nevent of pain. It is", "long-word", "in the\nevent", '"in the event of"', ": if"
    ),
    "verb in another form": Fault(
        "It is mostly", "It is facilitated, mostly", "long-word", "facilitated", '"facilitated"', "help"
    ),
    "long word in a table": Fault(
        "most people [", "numerous \\| additional [", "long-word", "additional", '"additional"', "more"
    ),
    "long word in a subheading": Fault(
        "- after a fall", "### Immediately\n\n- after a fall", "long-word", "Immediately", '"Immediately"', "at once"
    ),
    "long word after escapes": Fault(
        "- with a fever", r"- a \* and \_ &amp; additional", "long-word", "additional", '"additional"', "more"
    ),
    "long word after an address": Fault(
        "- with a fever",
        "- [a](https://example.org/b_(c)) rest, additional",
        "long-word",
        "additional\n",
        '"additional"',
        "more",
    ),
    "jargon": Fault(
        "- with a fever", "- with a papule", "jargon", "papule", '"papule" is a medical word', "small red dot"
    ),
    "jargon in a block": Fault(
        "Talk to your doctor", "Tell your cardiologists", "jargon", "cardiologists", '"cardiologists"', "heart doctor"
    ),
    "abbreviation": Fault(
        "- with a fever", "- with a BMI over 30", "undefined-abbreviation", "BMI", '"BMI"', "write the words out"
    ),
    "abbreviation in the plural": Fault(
        "- with a fever", "- after ECGs", "undefined-abbreviation", "ECGs", '"ECG"', "write the words out"
    ),
    "abbreviation beside another word": Fault(
        "- with a fever", "- with a fever or ECG", "undefined-abbreviation", "ECG", '"ECG"', "write the words out"
    ),
    "abbreviation in brackets at the start": Fault(
        "- with a fever", "- (BMI) over 30", "undefined-abbreviation", "(BMI", '"BMI"', "write the words out"
    ),
    "one word in capitals": Fault("- with a fever", "- do NOT wait", "all-capitals", "NOT", '"NOT"', "bold"),
    "a line in capitals": Fault(
        "Talk to your doctor",
        "CALL A DOCTOR NOW. Talk to your doctor",
        "all-capitals",
        "CALL",
        '"CALL A DOCTOR',
        "bold",
    ),
    "capitals in front matter": Fault(
        "Keep moving.", "NEVER stop.", "all-capitals", "NEVER", '"NEVER"', "small letters"
    ),
    "italics": Fault("mostly harmless", "*mostly* harmless", "italics", "mostly*", '"mostly"', "bold"),
    "italics over bold": Fault("mostly harmless", "_**mostly** so_", "italics", "mostly**", '"mostly so"', "bold"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_place(name: str, project: SmallProject) -> None:
    fault = FAULTS[name]
    project.replace(HANDOUT, fault.old, fault.new)
    (found,) = findings(project)
    assert (found.code, found.place) == (fault.code, project.place(HANDOUT, fault.at))
    assert fault.message in found.message
    assert fault.hint in found.hint


FINE = {
    "explained in brackets": "with a papule (small red dot)",
    "explained the other way round": "with a small red dot (papule)",
    "named in the text": "with what doctors call a small dot, or papule",
    "abbreviation written out before": "with a high body mass index (BMI)",
    "abbreviation written out after": "with a BMI (body mass index)",
    "abbreviation in words": "with a high body mass index, or BMI",
    "organizations": "by the WHO and the CDC, or the World Health Organization (WHO)",
    "state and room": "in Columbia, SC, or in room OU",
    "everyday abbreviation": "with a photo ID from the US",
    "vertebra": "in T12, L1, L4-L5 or part III, with vitamin B12 or COVID-19",
    "address": "to 1 Main Street, Austin, TX 78701 or London SW1A 1AA",
    "sentence of 25 words": "You may feel better in a week or in a month, and it is fine to walk a lot each day, but "
    "you can.",
    "semicolon": "you may feel better in a week or in a month, and it is fine to walk a lot; each day, you can rest as "
    "well if you would like to",
    "abbreviation within a sentence": "rest, e.g. when it hurts, vs. work by Dr. Who",
    "short words of the list": "you can utilize it; it is concerning",
}


EXPLAINED = {
    "synonym in brackets": "You have edema (swelling).",
    "in brackets behind its synonym": "You have swelling (edema).",
    "definition in brackets": "A biopsy (the removal of a small piece of skin) can help.",
    "bracket behind the rest of the phrase": "A cardiac arrest (the heart stops beating) can occur.",
    "synonym in the same text": "Your legs may swell. This swelling is edema.",
    "definition in the next sentence": "You need a biopsy. This means that we take out a bit of skin.",
    "also called": "High blood pressure is also called hypertension.",
    "which means": "The lump is benign, which means it is harmless.",
    "not cancer": "The lump is benign (not cancer).",
}
UNEXPLAINED = {
    "advice in brackets": "You need a biopsy (your doctor will tell you more).",
    "place in brackets": "You need a biopsy (see page 3).",
    "example in brackets": "Take a diuretic (such as one in the morning).",
    "time in brackets": "You need a biopsy (on Monday).",
    "number in brackets": "You may have edema (3 of 4 do).",
    "another word in brackets": "You need more (a biopsy or so).",
    "a relative clause that defines nothing": "You have edema, which can hurt.",
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_medical_word_that_is_explained_is_not_reported(name: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", EXPLAINED[name])
    assert [found.code for found in findings(project)] == []


@pytest.mark.parametrize("name", UNEXPLAINED)
def test_not_every_bracket_explains_a_medical_word(name: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", UNEXPLAINED[name])
    assert [found.code for found in findings(project)] == ["jargon"]


def test_a_medical_word_is_reported_once_a_handout(project: SmallProject) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", "You have edema. Edemas can hurt.")
    project.replace(HANDOUT, "- with a fever", "- with edema")
    assert [(found.code, found.place) for found in findings(project)] == [("jargon", project.place(HANDOUT, "edema"))]


def test_the_shipped_medical_words_are_many_and_of_all_letters() -> None:
    words = word_list_of(ROOT)
    assert len(words.plainer) > 1500
    assert len({word[0] for word in words.plainer}) >= 25
    assert all(plainer.strip() and plainer.lower() != word for word, plainer in words.plainer.items())


@pytest.mark.parametrize("name", FINE)
def test_what_is_fine_is_not_reported(name: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "with a fever", FINE[name])
    assert findings(project) == []


def test_the_glossary_explains_words_and_abbreviations(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "- with a papule or a high BMI")
    assert [found.code for found in findings(project)] == ["jargon", "undefined-abbreviation"]
    papule = "  - term: papule\n    meaning: A small red dot.\n"
    index = "  - term: body mass index\n    meaning: Also called BMI.\n"
    project.replace(HANDOUT, "---\n\n# About", f"{papule}{index}---\n\n# About")
    assert findings(project) == []


def test_a_heading_may_use_a_word_that_its_text_explains(project: SmallProject) -> None:
    project.replace(HANDOUT, "## What is it?", "## What is an ECG?")
    assert [found.place for found in findings(project)] == [
        Place(HANDOUT, project.place(HANDOUT, "## What is an").line)
    ]
    project.replace(HANDOUT, "Back pain is", "An ECG (a picture of your heartbeat) helps. Back pain is")
    assert findings(project) == []


HARD = (
    "Your spinal operation usually requires careful preparation, and a number of tests. "
    "The recovery period afterwards is generally predictable and comfortable. "
) * 5


def test_hard_text_is_reported_for_its_section_and_for_the_whole(project: SmallProject) -> None:
    project.replace(HANDOUT, SENTENCE, HARD.strip())
    found = {problem.code: problem for problem in findings(project)}
    assert {"hard-to-read", "section-hard-to-read"} <= set(found)
    assert found["hard-to-read"].place == project.place(HANDOUT, "Back pain\ncode")
    assert "What is it?" in found["hard-to-read"].hint
    assert found["section-hard-to-read"].place == Place(HANDOUT, project.place(HANDOUT, "## What is it?").line)
    codes = {problem.code for problem in findings(project, PlainLanguage(grade=20, section_grade=20))}
    assert not codes & {"hard-to-read", "section-hard-to-read"}


def test_names_of_drugs_and_procedures_are_left_out_of_the_grade(project: SmallProject) -> None:
    text = "You can take acetaminophen at night. Then acetaminophen helps you. " * 8
    project.replace(HANDOUT, SENTENCE, text.strip())
    assert "section-hard-to-read" in {problem.code for problem in findings(project)}
    assert findings(project, PlainLanguage(names=("Acetaminophen",))) == []


def test_long_sentences_on_average_are_reported(project: SmallProject) -> None:
    text = "You may feel well in a week or a month and walk a lot each day but rest at night. " * 40
    project.replace(HANDOUT, SENTENCE, text.strip())
    (found,) = findings(project)
    assert (found.code, found.place) == ("long-sentences", project.place(HANDOUT, "Back pain\ncode"))


def test_a_short_sentence_over_a_low_limit_is_quoted_whole(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "- and with a fever at night")
    found = findings(project, PlainLanguage(long_sentence=5))
    assert 'the sentence "and with a fever at night" has 6 words, more than 5' in [one.message for one in found]


def test_long_sentences_of_a_section_are_one_finding(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall\n- with a fever", f"{LONG}.\n\n{LONG}.\n\n{LONG}.")
    (found,) = (one for one in findings(project) if one.code == "long-sentence")
    line = project.place(HANDOUT, LONG).line
    assert found.place == project.place(HANDOUT, LONG)
    assert found.message.endswith(f"has 32 words, more than 25, and 2 more on the lines {line + 2}, {line + 4}")


def test_passive_voice_is_reported_once_with_its_lines(project: SmallProject) -> None:
    text = "Rest at night.\nThe bone is quickly mended by a doctor. Then the wound was not closed. You can go home. "
    project.replace(HANDOUT, SENTENCE, (text * 3).strip())
    (found,) = findings(project)
    assert (found.code, found.place) == ("passive-voice", project.place(HANDOUT, "The bone is"))
    assert "about 6 of " in found.message
    assert f"lines {project.place(HANDOUT, 'The bone is').line}, " in found.hint


def test_feelings_and_states_are_not_passive_voice(project: SmallProject) -> None:
    text = "You may be worried. You are tired at night. You are very satisfied now. You are used to it."
    project.replace(HANDOUT, SENTENCE, " ".join([text] * 4))
    assert findings(project) == []


def test_the_word_list_of_a_project_comes_first(project: SmallProject) -> None:
    project.write(
        "content/words.en.yaml",
        "allowed: [immediately]\n"
        "groups: [{source: our editors, words: {subsequently: next, orthopedist: bone doctor}}]\n",
    )
    project.replace(HANDOUT, "- with a fever", "- immediately; subsequently see the orthopedist")
    assert [problem.hint for problem in findings(project)] == ["plainer: next", "plainer: bone doctor"]


@pytest.mark.parametrize("name", ["words.en.yaml", "medical.en.yaml"])
def test_the_lists_of_the_package_have_no_errors(name: str) -> None:
    path, problems = Path(word_list.__file__).with_name(name), Problems()
    assert load_yaml_file(WordFile, Project(path.parent), path, problems)
    assert not len(problems)


def test_a_broken_word_list_is_reported(project: SmallProject) -> None:
    project.write("content/words.en.yaml", "groups:\n  - words: {a: b}\n")
    problems = Problems()
    read_word_list(Project(project.root), "en", problems)
    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("missing-field", "content/words.en.yaml:2:5")
    ]


def test_other_languages_are_not_checked(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "- do NOT wait")
    (project.root / HANDOUT).rename(project.root / HANDOUT.replace("en.md", "es.md"))
    assert findings(project) == []


def test_inserts_of_practices_are_checked_too(project: SmallProject) -> None:
    insert = "content/practices/clinic/way.md"
    project.write(insert, "Ask at the desk.\n\n- It is immediately *busy*.\n")
    project.replace(
        "content/practices/clinic/practice.yaml",
        "website:",
        "inserts:\n  - {handout: back, section: what, file: way.md}\nwebsite:",
    )
    reading = project.read()
    assert reading.library is not None, reading.problems
    (only,) = reading.library.handouts
    (written,) = reading.library.practices["clinic"].inserts
    found = findings_of_insert(written, only, word_list_of(project.root))
    assert [(problem.code, problem.place) for problem in found] == [
        ("long-word", project.place(insert, "immediately")),
        ("italics", project.place(insert, "busy")),
    ]


def test_the_shipped_content_is_plain() -> None:
    words = word_list_of(ROOT)
    assert findings_of(handout(), PlainLanguage(), words) == []
    for practice in library().practices.values():
        for insert in practice.inserts:
            assert findings_of_insert(insert, handout(), words) == []


def test_every_rule_has_a_test() -> None:
    broken = {fault.code for fault in FAULTS.values()}
    others = {"hard-to-read", "section-hard-to-read", "long-sentences", "passive-voice"}
    others |= {"hard-spanish", "hard-spanish-section"}  # in test_spanish.py
    assert {rule.code for rule in RULES} == broken | others


def test_every_word_of_the_shipped_handout_has_its_place() -> None:
    lines = (ROOT / handout().place.file).read_text(encoding="utf-8").split("\n")
    count = 0
    for unit in split_into_units(handout()):
        for text in unit.texts:
            if text.source is None:
                continue
            for start, end in find_word_spans(text.text):
                place = text.place(start)
                word = text.text[start:end]
                written = lines[place.line - 1][place.column - 1 :]
                # Bold type may end, and a link or citation begin, within a word.
                assert written[0] == word[0], (place, word, written)
                assert written.startswith(word) or any(sign in written[: len(word) + 2] for sign in "*[]"), place
                count += 1
    assert count > 1000


# None is longer than a text may be.
HOSTILE = {
    "a very long word": "a" * 9_900,
    "many vowels": "aeiou" * 1_900,
    "endings": "xxx" + "ness" * 2_400,
    "capitals": "AB-" * 3_200 + "C",
    "dots": "." * 9_900,
    "brackets": "(" * 3_000,
    "emoji": "👩‍⚕️💊" * 1_900,
    "right to left": "\u202bמרפאה طبيب " * 800,
    "no letters": "1 2 3 -- !! ?? " * 600,
    "underlines": "<u" * 4_900,
    "many findings": "additional *x* STOP " * 480,
    "many abbreviations": " ".join(f"A{chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(600)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_checked_within_its_file(name: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "with a fever", HOSTILE[name])
    lines = project.text(HANDOUT).split("\n")
    for found in findings(project):
        assert found.place is not None
        assert 1 <= found.place.line <= len(lines)
        assert 0 <= found.place.column <= len(lines[found.place.line - 1])
