"""The words around the handouts on a published site; words.yaml has them by language.

Pages in languages that it does not have get those of the project's language, or English.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from handouts.compose.labels import Labels, read_labels
from handouts.compose.project_files import ProjectFiles
from handouts.language.tags import direction_of, is_same_language
from handouts.problems.collector import Problems

_FILE: Final = Path(__file__).with_name("words.yaml")
_OTHERWISE: Final = "en"


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words of a page by name, the language that they are in, and how dates are written there."""

    language: str
    words: Mapping[str, str]
    labels: Labels | None

    @property
    def direction(self) -> str:
        """The writing direction of the words."""
        return direction_of(self.language)

    def fill(self, name: str, **values: object) -> str:
        """Return a word with values in the places of their names."""
        text = self.words[name]
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text

    def format_date(self, day: dt.date) -> str:
        """Return a date as it is written in the language; in digits if the project has no labels for it."""
        return self.labels.format_date(day) if self.labels else day.isoformat()

    def warn_of_review(self, due: dt.date) -> str:
        """Return the warning on what should have been reviewed by a day; a script shows it from then on."""
        return self.fill("overdue", date=self.format_date(due))


class SiteTexts:
    """The words of a site by language and country."""

    def __init__(self, files: ProjectFiles, usual: str) -> None:
        """Take the files of the project and its language."""
        self._files = files
        self._usual = usual
        self._words: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_bytes())
        self._known: dict[tuple[str, str], SiteWords] = {}

    def find(self, language: str, country: str = "") -> SiteWords:
        """Return the words for a page in a language, for readers in a country."""
        key = language, country
        if key not in self._known:
            candidates = (tag for wish in (language, self._usual) for tag in self._words if is_same_language(tag, wish))
            tag = next(candidates, _OTHERWISE)
            labels = read_labels(self._files, tag, country, Problems())
            self._known[key] = SiteWords(tag, self._words[tag], labels)
        return self._known[key]
