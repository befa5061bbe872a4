"""The fixed words of a page in the language of the handout, and how its dates are written."""

import datetime as dt
from dataclasses import dataclass

from handouts.library import Handout
from handouts.problem import Place, Problem, error
from handouts.project import Project
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
        return pattern.format(day=day.day, month=self.file.months[day.month - 1], year=day.year)


def read_labels(project: Project, handout: Handout, country: str, problems: list[Problem]) -> Labels | None:
    """Read the words for a handout's language; add a problem and give None if there are none."""
    name = f"labels.{handout.language}.yaml"
    found = project.find("templates", name)
    file = f"templates/{name}"
    if found is None:
        problems.append(
            error(
                "missing-labels",
                f'no page words for the language "{handout.language}"',
                Place(file),
                "translate labels.en.yaml",
            )
        )
        return None
    node = parse_yaml(found.read_text(encoding="utf-8"), file, problems)
    labels = validate(LabelFile, node, problems) if node else None
    return Labels(labels, country) if labels else None
