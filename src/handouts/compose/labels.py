"""The fixed words of a page in the language of the handout, and how its dates are written."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from handouts.compose.project_files import Pieces
from handouts.model.project import Project, shipped
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, error
from handouts.read.yaml.load import load_yaml
from handouts.schema.labels import LabelFile

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of templates/labels.<language>.yaml, for readers in one country."""

    file: LabelFile
    country: str

    def date(self, day: dt.date) -> str:
        """Write a date as people in the country do."""
        pattern = self.file.dates.get(self.country, self.file.date)
        parts = {"{day}": str(day.day), "{month}": self.file.months[day.month - 1], "{year}": str(day.year)}
        for name, value in parts.items():
            pattern = pattern.replace(name, value)
        return pattern


def read_labels(pieces: Pieces, language: str, country: str, problems: list[Problem]) -> Labels | None:
    """Read the words for a language; add a problem and give None if there are none, or not all."""
    file = _label_file(pieces, language, problems)
    if file is None:
        return None
    place = Place(f"templates/labels.{language}.yaml")
    found = [wrong for name in _english() if (wrong := _wrong_word(name, file.words, place))]
    problems.extend(found)
    return None if found else Labels(file, country)


@cache
def _english() -> Mapping[str, str]:
    """Give the shipped English words: what templates and code can count on in each language."""
    file = _label_file(Pieces(Project(shipped().resolve())), "en", [])
    return file.words if file else {}


def _wrong_word(name: str, words: Mapping[str, str], place: Place) -> Problem | None:
    english = _english()[name]
    hint = f'in English: "{english}"'
    if name not in words:
        return error("missing-word", f'the word "{name}" is missing', place, hint)
    placeholders = _PLACEHOLDER.findall(english)
    rest = words[name]
    for placeholder in placeholders:
        if placeholder not in words[name]:
            return error("bad-placeholder", f'the word "{name}" lacks {placeholder}', place, hint)
        rest = rest.replace(placeholder, "")
    # Words with placeholders alone are filled in, so in the others a brace is a brace.
    if placeholders and ("{" in rest or "}" in rest):
        return error("bad-placeholder", f'the word "{name}" has braces that the English one has not', place, hint)
    return None


def _label_file(pieces: Pieces, language: str, problems: list[Problem]) -> LabelFile | None:
    name = f"labels.{language}.yaml"
    if pieces.project.find("templates", name) is None:
        message = f'no page words for the language "{language}"'
        english = shipped() / "templates" / "labels.en.yaml"
        place = Place(f"templates/{name}")
        problems.append(error("missing-labels", message, place, f"translate a copy of {english}"))
        return None
    piece = pieces.read("templates", name, problems)
    if piece is None:
        return None
    found = Problems()
    loaded = load_yaml(LabelFile, piece.text, piece.name, found)
    problems.extend(found)
    return loaded.value if loaded else None
