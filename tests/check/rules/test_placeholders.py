"""Placeholders are found in every field that is printed, also in those that are seldom filled in."""

from typing import NamedTuple

import pytest

from handouts.problems.problem import Problem
from support.checks import find_problems
from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, SmallProject


class Field(NamedTuple):
    """A text of a project to be replaced by one with a placeholder, {}."""

    file: str
    old: str
    new: str


BOOK = "publisher: Harbor Press"
FIELDS = {
    "title of a block": Field(HANDOUT, "- with a fever", '::: teach-back {title="Why {}"}\nSay it.\n:::'),
    "caption of a code": Field(HANDOUT, "- with a fever", '::: qr {url="https://x.example.org" caption="On {}"}\n:::'),
    "label of a signature": Field(HANDOUT, "- with a fever", '::: signature {label="Me {}" date="Day"}\n:::'),
    "date of a signature": Field(HANDOUT, "- with a fever", '::: signature {label="Me" date="Day {}"}\n:::'),
    "translator": Field(HANDOUT, "keywords:", 'translation: {method: human, translator: "Ann {}"}\nkeywords:'),
    "reviewer": Field(HANDOUT, "keywords:", 'translation: {method: machine, reviewed_by: "Ann {}"}\nkeywords:'),
    "field of a practice": Field(PRACTICE, "website:", 'fields: {lot: "Lot B {}"}\nwebsite:'),
    "note of a practice": Field(PRACTICE, "website:", 'notes: ["Drink water. {}"]\nwebsite:'),
    "translator of a practice": Field(
        PRACTICE, "website:", 'translations: {en: {method: human, translator: "Ann {}"}}\nwebsite:'
    ),
    "volume": Field(REFERENCES, 'volume: "45"', 'volume: "45 {}"'),
    "edition": Field(REFERENCES, BOOK, f'{BOOK}\n    edition: "2 {{}}"'),
    "place": Field(REFERENCES, BOOK, f'{BOOK}\n    publisher-place: "York {{}}"'),
    "genre": Field(REFERENCES, BOOK, f'{BOOK}\n    genre: "Film {{}}"'),
    "translator of a book": Field(REFERENCES, BOOK, f'{BOOK}\n    translator: [{{literal: "Team {{}}"}}]'),
    "pack": Field(
        SETTINGS, "language: en", 'language: en\npacks: {p: {title: "Visit {}", handouts: [{handout: back}]}}'
    ),
    "pack in Spanish": Field(
        SETTINGS,
        "language: en",
        'language: en\npacks: {p: {title: Visit, titles: {es: "Visita {}"}, handouts: [{handout: back}]}}',
    ),
    "site": Field(
        SETTINGS, "language: en", 'language: en\npublish: {base_url: "https://x.example.org/", title: "Our site {}"}'
    ),
}


def find_placeholders(project: SmallProject, field: Field, words: str) -> list[Problem]:
    before = project.text(field.file)
    project.replace(field.file, field.old, field.new.replace("{}", words))
    found = [problem for problem in find_problems(project) if problem.code == "placeholder"]
    project.write(field.file, before)
    return found


@pytest.mark.parametrize("name", FIELDS)
def test_a_placeholder_is_found_in_each_printed_field(project: SmallProject, name: str) -> None:
    field = FIELDS[name]
    for words in ("TODO", "xxx", "tbd"):
        (found,) = find_placeholders(project, field, words)
        assert found.place
        assert found.place.file == field.file
        assert words in found.message
    assert find_placeholders(project, field, "Lee") == []


@pytest.mark.parametrize("name", ["TBD", "nobody", "x", "me"])
def test_nobody_has_reviewed_a_translation(project: SmallProject, name: str) -> None:
    translation = f'translation: {{method: machine, reviewed_by: "{name}"}}\nkeywords:'
    assert len(find_placeholders(project, Field(HANDOUT, "keywords:", translation), "")) == 1


@pytest.mark.parametrize("words", ["www.clinic.xxx", "pages xxx-xl", "pages xxviii-xxx"])
def test_domains_and_roman_numbers_are_no_placeholders(project: SmallProject, words: str) -> None:
    assert find_placeholders(project, Field(HANDOUT, "It is mostly harmless.", "See {}."), words) == []
