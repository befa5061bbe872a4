"""The fixed words of a page in the language of the handout, and how its dates are written."""

import datetime as dt
from dataclasses import dataclass

from handouts.compose.pieces import read_piece
from handouts.library import Handout
from handouts.problem import Place, Problem, error
from handouts.project import Project, shipped
from handouts.read.validate import validate
from handouts.read.yaml_nodes import parse_yaml
from handouts.schema.labels import LabelFile


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


def read_labels(project: Project, handout: Handout, country: str, problems: list[Problem]) -> Labels | None:
    """Read the words for a handout's language; add a problem and give None if there are none, or not all."""
    file = _label_file(project, handout.language, problems)
    english = _label_file(project, "en", problems) if handout.language != "en" else file
    if file is None or english is None:
        return None
    missing = sorted(english.words.keys() - file.words.keys())
    place = Place(f"templates/labels.{handout.language}.yaml")
    problems.extend(
        error("missing-word", f'the word "{word}" is missing', place, f'in English: "{english.words[word]}"')
        for word in missing
    )
    return None if missing else Labels(file, country)


def _label_file(project: Project, language: str, problems: list[Problem]) -> LabelFile | None:
    name = f"labels.{language}.yaml"
    if project.find("templates", name) is None:
        message = f'no page words for the language "{language}"'
        english = shipped() / "templates" / "labels.en.yaml"
        place = Place(f"templates/{name}")
        problems.append(error("missing-labels", message, place, f"translate a copy of {english}"))
        return None
    piece = read_piece(project, "templates", name, problems)
    node = parse_yaml(piece.text, piece.name, problems) if piece else None
    return validate(LabelFile, node, problems) if node else None
