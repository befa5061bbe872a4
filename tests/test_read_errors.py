"""A mistake in a YAML file or in front matter: what is said about it, and the exact place."""

from pathlib import Path
from typing import NamedTuple

import pytest

from handouts.problem import Place, Problem
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project


class Mistake(NamedTuple):
    """A text put in the place of another, and what is said about it where `at` stands."""

    file: str
    old: str
    new: str
    code: str
    at: str
    message: str
    hint: str = ""


NOT_A_DATE = "is no date of the form YYYY-MM-DD, such as 2026-05-31"
A_LIST = "has to be a list (lines that start with a hyphen)"
MISTAKES = {
    # YAML itself
    "tab": Mistake(HANDOUT, "code: HO-1", "\tcode: HO-1", "bad-yaml", "\tcode", "cannot start", "spaces, not tabs"),
    "quote": Mistake(HANDOUT, '"1.0"', '"1.0', "bad-yaml", '"1.0', "end of stream", "the quote that opens here"),
    "colon": Mistake(HANDOUT, "For people", "For: people", "bad-yaml", ": people", "not allowed here", "in quotes"),
    "brackets": Mistake(PRACTICE, "number: 01632 960000}", "number: 01632", "bad-yaml", ":\n  number", "'}'", "brackets"),
    "indentation": Mistake(PRACTICE, '  accent: "#a', '   accent: "#a', "bad-yaml", ": \"#a", "not allowed", "in quotes"),
    "two documents": Mistake(SETTINGS, "paper", "---\npaper", "bad-yaml", "---", "a second document", "the line of ---"),
    "alias": Mistake(PRACTICE, "9 to 5", "*day", "yaml-alias", "*day", "aliases (*name) are not used", "write the value"),
    "key twice": Mistake(HANDOUT, "status", "code: X\nstatus", "duplicate-key", "code: X", '"code" is given twice, first on line 3', "keep one"),
    "nested key twice": Mistake(PRACTICE, "  accent", "  brand", "duplicate-key", 'brand: "#a', '"brand" is given twice, first on line 5'),
    "front matter no fields": Mistake(HANDOUT, "---\ntitle", "---\n---\ntitle", "wrong-type", "---", "front matter has to be fields"),
    "control character": Mistake(HANDOUT, "Back pain\ncode", '"Back\\epain"\ncode', "control-character", '"Back', "U+001B"),
    # values
    "no boolean": Mistake(PRACTICE, "name: H", "abstract: no\nname: H", "bad-boolean", "no\n", 'expected true or false, found "no"'),
    "31 February": Mistake(HANDOUT, "2026-01-10", "2026-02-31", "bad-date", "2026-02-31", f'"2026-02-31" {NOT_A_DATE}'),
    "slashes": Mistake(HANDOUT, "2026-01-10", "22/11/2026", "bad-date", "22/11/2026", f'"22/11/2026" {NOT_A_DATE}'),
    "week date": Mistake(HANDOUT, "2026-01-10", "2026-W02-1", "bad-date", "2026-W02-1", f'"2026-W02-1" {NOT_A_DATE}'),
    "date of a source": Mistake(REFERENCES, '"2020"', '"2020-3"', "bad-date", '"2020-3"', "is no date such as 1992"),
    "no date": Mistake(HANDOUT, "2026-01-10", "", "empty-field", "published", '"published" is empty'),
    "review too early": Mistake(HANDOUT, "2028-01-10", "2026-01-10", "review-before-publication", "2026-01-10\nstatus", "later than published"),
    "no reviewer": Mistake(HANDOUT, "draft", "approved\nreviewed_by:", "no-reviewer", "reviewed_by", "has to say who reviewed"),
    "list for text": Mistake(HANDOUT, "Back pain\ncode", "[Back, pain]\ncode", "wrong-type", "title", '"title" has to be a text, found a list'),
    "text for list": Mistake(HANDOUT, "\n  - Keep moving.", " Keep", "wrong-type", "Keep", f'"actions" {A_LIST}, found "Keep"'),
    "text for group": Mistake(HANDOUT, "term: vertebra\n    meaning: A", "vertebra, a", "wrong-type", "vertebra", 'a group of fields, found "vertebra, a bone'),
    "group for list": Mistake(PRACTICE, "  - 1 Harbor", "  street: 1 Harbor", "wrong-type", "address", f'"address" {A_LIST}'),
    "nothing for text": Mistake(HANDOUT, "Back pain\ncode", "\ncode", "wrong-type", "title", '"title" has to be a text, found nothing'),
    "nothing for list": Mistake(HANDOUT, "\n  - Keep moving.", "", "wrong-type", "actions", f'"actions" {A_LIST}, found nothing'),
    "nothing for word": Mistake(HANDOUT, "draft", "", "empty-field", "status", '"status" is empty'),
    "empty text": Mistake(HANDOUT, "HO-1", '" "', "empty-field", '" "', '"code" is empty'),
    "empty list": Mistake(PRACTICE, "\n  - 1 Harbor Street", " []", "empty-field", "address", '"address" is empty'),
    "unknown word": Mistake(HANDOUT, "draft", "aproved", "unknown-value", "aproved", '"status" cannot be "aproved"', '"approved"?'),
    "unknown paper": Mistake(SETTINGS, "a4", "legal", "unknown-value", "legal", '"paper" cannot be "legal"', "known: a4, letter"),
    "no number": Mistake(SETTINGS, "paper: a4", "pictures: {max_bytes: 5 MB}", "wrong-type", "5 MB", "has to be a whole number"),
    "number too small": Mistake(SETTINGS, "paper: a4", "pictures: {max_bytes: 0}", "bad-value", "0}", "greater than or equal to 1"),
    "color": Mistake(PRACTICE, '"#0b5a6f"', "teal", "bad-color", "teal", '"teal" is no color of the form "#0b5a6f"'),
    "website": Mistake(PRACTICE, "https://", "", "bad-address", "harbor.", '"harbor.example.org" is no web address'),
    "country": Mistake(PRACTICE, "GB", "England", "bad-country", "England", '"England" is no country of two capital letters'),
    # fields
    "unknown field": Mistake(HANDOUT, "status", "keyword: a\nstatus", "unknown-field", "keyword:", 'unknown field "keyword"', '"keywords"?'),
    "unknown nested field": Mistake(HANDOUT, "meaning: A", "meaning: x\n    mean: A", "unknown-field", "mean: A", '"mean"', '"meaning"?'),
    "unknown setting": Mistake(SETTINGS, "paper", "papers", "unknown-field", "papers", '"papers"', '"paper"?'),
    "unknown field of practice": Mistake(PRACTICE, "text: C", "texts: y\n  text: C", "unknown-field", "texts", '"texts"', '"text"?'),
    "unknown field of source": Mistake(REFERENCES, "volume", "volum", "unknown-field", "volum", '"volum"', '"volume"?'),
    "missing field": Mistake(HANDOUT, "audience: For people with back pain\n", "", "missing-field", "title", '"audience" is missing', "audience: ..."),
    "missing nested field": Mistake(PRACTICE, ", number: 01632 960000", "", "missing-field", "{label", '"number" is missing', "number: ..."),
    "missing group": Mistake(PRACTICE, "address:\n  - 1 Harbor Street\n", "", "missing-field", "name", '"address" is missing', "address: ..."),
    # files that are named
    "missing logo": Mistake(PRACTICE, "logo.svg", "logos.svg", "missing-file", "logos.svg", "there is no logo logos.svg", "content/practices/clinic/"),
    "missing font": Mistake(PRACTICE, "address", "font: {regular: a.ttf, bold: b.ttf}\naddress", "missing-file", "a.ttf", "no font a.ttf"),
    "logo that is none": Mistake(PRACTICE, "logo.svg", "practice.yaml", "not-a-picture", "practice.yaml", "practice.yaml is no SVG, PNG or JPEG"),
    "logo for a font": Mistake(PRACTICE, "address", "font: {regular: logo.svg, bold: b.ttf}\naddress", "not-a-font", "logo.svg, bold", "TrueType"),
    # references
    "no list of references": Mistake(REFERENCES, "references:", "sources:", "wrong-type", "sources", "one field and below it a list", "references:"),
    "source without title": Mistake(REFERENCES, "    title: The healthy back\n", "", "incomplete-reference", "id: jones2021", '"jones2021" lacks title'),
    "reference twice": Mistake(REFERENCES, "jones2021", "smith2020", "duplicate-id", "smith2020\n    type: book", '"smith2020" is given twice, first on line 2', "keep one"),
    # practices
    "extends nobody": Mistake(PRACTICE, "name: H", "extends: clinics\nname: H", "unknown-practice", "clinics", 'no practice "clinics"'),
    "extends itself": Mistake(PRACTICE, "name: H", "extends: clinic\nname: H", "extends-loop", "clinic", "in a circle: clinic -> clinic"),
}


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, Place | None]]:
    return [(problem.code, problem.place) for problem in problems]


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_mistake(project: SmallProject, mistake: Mistake) -> None:
    project.replace(mistake.file, mistake.old, mistake.new)
    first, *others = project.problems()
    assert (first.code, first.place) == (mistake.code, project.place(mistake.file, mistake.at))
    assert mistake.message in first.message
    assert mistake.hint in first.hint
    assert not others
