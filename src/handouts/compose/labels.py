"""Reads the page labels of a language: the fixed words of a page, and how dates are written."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from handouts.compose.project_files import ProjectFiles
from handouts.model.project import Project, shipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.yaml.load import load_yaml
from handouts.schema.labels import LabelFile

_SOURCE: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"
_ENGLISH_HINT: Final = 'in English: "{english}"'
MISSING_LABELS: Final = Rule(
    "missing-labels",
    Severity.ERROR,
    title="the fixed words of the page are missing in a language",
    why='Headings such as "Questions to ask" would be missing.',
    source=_SOURCE,
    message='there are no fixed words of the page in the language "{language}"',
    hint="run `handouts eject templates/labels.en.yaml`, rename the copy to labels.{language}.yaml and translate it",
)
MISSING_WORD: Final = Rule(
    "missing-word",
    Severity.ERROR,
    title="a word of the page is missing in a language",
    why="Something on the page would have no name.",
    source=_SOURCE,
    message='the word "{name}" is missing',
    hint=_ENGLISH_HINT,
)
BAD_PLACEHOLDER: Final = Rule(
    "bad-placeholder",
    Severity.ERROR,
    title="a word of the page lacks its {placeholder}",
    why="The date or number that belongs there would be missing.",
    source=_SOURCE,
    message='the word "{name}" lacks {placeholder}',
    hint=_ENGLISH_HINT,
)
UNEXPECTED_BRACES: Final = Rule(
    "unexpected-braces",
    Severity.ERROR,
    title="a word of the page has a {placeholder} that nothing fills in",
    why="It would be printed with its braces.",
    source=_SOURCE,
    message='the word "{name}" has braces that the English one does not have',
    hint=_ENGLISH_HINT,
)
RULES: Final = (MISSING_LABELS, MISSING_WORD, BAD_PLACEHOLDER, UNEXPECTED_BRACES)

_PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of templates/labels.<language>.yaml, for readers in one country."""

    file: LabelFile
    country: str

    def format_date(self, day: dt.date) -> str:
        """Return a date as it is written in the country."""
        pattern = self.file.dates.get(self.country, self.file.date)
        parts = {"{day}": str(day.day), "{month}": self.file.months[day.month - 1], "{year}": str(day.year)}
        for name, value in parts.items():
            pattern = pattern.replace(name, value)
        return pattern


def read_labels(files: ProjectFiles, language: str, country: str, problems: Problems) -> Labels | None:
    """Return the labels of a language; report missing or wrong words and return None."""
    file = _read_label_file(files, language, problems)
    if file is None:
        return None
    place = Place(f"templates/labels.{language}.yaml")
    word_problems = Problems()
    for name, english in _read_english().items():
        _check_word(name, english, file.words.get(name), place, word_problems)
    problems.extend(word_problems)
    return None if word_problems.has_errors else Labels(file, country)


@cache
def _read_english() -> Mapping[str, str]:
    """Return the shipped English words by name: each language needs all of these."""
    file = _read_label_file(ProjectFiles(Project(shipped().resolve())), "en", Problems())
    return file.words if file else {}


def _check_word(name: str, english: str, word: str | None, place: Place, problems: Problems) -> None:
    """Report a word that is missing, or whose placeholders are not those of the English one."""
    if word is None:
        problems.add(MISSING_WORD.at(place, name=name, english=english))
        return
    placeholders = _PLACEHOLDER.findall(english)
    rest = word
    for placeholder in placeholders:
        if placeholder not in word:
            problems.add(BAD_PLACEHOLDER.at(place, name=name, placeholder=placeholder, english=english))
            return
        rest = rest.replace(placeholder, "")
    # Only words with placeholders are filled in; in all others a brace is printed as it is.
    if placeholders and ("{" in rest or "}" in rest):
        problems.add(UNEXPECTED_BRACES.at(place, name=name, english=english))


def _read_label_file(files: ProjectFiles, language: str, problems: Problems) -> LabelFile | None:
    name = f"labels.{language}.yaml"
    if files.project.find("templates", name) is None:
        problems.add(MISSING_LABELS.at(Place(f"templates/{name}"), language=language))
        return None
    file = files.read("templates", name, problems)
    if file is None:
        return None
    loaded = load_yaml(LabelFile, file.text, file.name, problems)
    return loaded.value if loaded else None
