"""A small project to break: one handout, one practice and two references, all well until a test changes a file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from handouts.model.library import Reading
from handouts.model.project import Project
from handouts.problems.problem import Place, Problem
from handouts.read.project import read_project
from support.command import Ran, run

SETTINGS: Final = "handouts.yaml"
REFERENCES: Final = "content/references.yaml"
HANDOUT: Final = "content/handouts/back/en.md"
PRACTICE: Final = "content/practices/clinic/practice.yaml"
LOGO: Final = "content/practices/clinic/logo.svg"

_FILES: Final = {
    SETTINGS: "language: en\npaper: a4\n",
    REFERENCES: """\
references:
  - id: smith2020
    type: article-journal
    author:
      - {family: Smith, given: JA}
    title: Back pain in adults
    container-title: Spine
    issued: "2020"
    volume: "45"
    page: 12-18
  - id: jones2021
    type: book
    author:
      - {family: Jones, given: B}
    title: The healthy back
    publisher: Harbor Press
    issued: "2021"
""",
    HANDOUT: """\
---
title: Back pain
code: HO-1
version: "1.0"
published: 2026-01-10
review_due: 2028-01-10
status: draft
audience: For people with back pain
main_message: Most back pain gets better in a few weeks.
disclaimer: This handout does not replace a talk with your doctor.
keywords:
  - back pain
actions:
  - Keep moving.
questions:
  - What can I do?
glossary:
  - term: vertebra
    meaning: A bone of the back.
---

# About back pain {#about}

## What is it? {#what}

Back pain is common [@smith2020]. It is mostly harmless.[^ages]

## When should I worry? {#worry}

- after a fall
- with a fever

# Treatment {#treatment}

## What helps? {#helps}

| Way     | Helps                    |
|---------|--------------------------|
| Walking | most people [@jones2021] |

::: important {#safety always-with="treatment"}
Talk to your doctor before you take medicine.
:::

[^ages]: Above all in adults.
""",
    PRACTICE: """\
name: Harbor Clinic
country: GB
logo: logo.svg
colors:
  brand: "#0b5a6f"
  accent: "#a8381f"
address:
  - 1 Harbor Street
phones:
  - {label: Front desk, number: 01632 960000}
emergency:
  number: "999"
  text: Call 999 if a life is in danger.
hours:
  - {days: Monday to Friday, hours: 9 to 5}
when_to_call:
  - Your pain gets worse.
website: https://harbor.example.org
""",
    LOGO: """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">
  <title>Harbor Clinic</title>
  <rect width="10" height="10" fill="#0b5a6f"/>
</svg>
""",
}


class Mistake(NamedTuple):
    """A text that replaces another one, and the message about it where `at` stands."""

    old: str
    new: str
    code: str
    at: str
    message: str
    hint: str = ""
    column: bool = True


@dataclass(frozen=True, slots=True)
class SmallProject:
    """A project in a folder; files are named by their path within it."""

    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file and the folders above it, line ends as given."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def text(self, name: str) -> str:
        """Return the text of a file."""
        return (self.root / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text that stands in a file once."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def place(self, name: str, text: str) -> Place:
        """Return line and column of where a text first stands in a file."""
        before, found, _ = self.text(name).partition(text)
        assert found, f"{text!r} does not stand in {name}"
        return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def read(self) -> Reading:
        """Read the project."""
        return read_project(Project(self.root))

    def problems(self) -> tuple[Problem, ...]:
        """Read the project and return what is wrong with it."""
        return self.read().problems

    def check_mistake(self, name: str, mistake: Mistake) -> None:
        """Make a mistake in a file, and check that nothing else than it is found."""
        self.replace(name, mistake.old, mistake.new)
        found = self.problems()
        place = self.place(name, mistake.at)
        assert [(problem.code, problem.place) for problem in found] == [
            (mistake.code, place if mistake.column else replace(place, column=0))
        ], found
        assert mistake.message in found[0].message, found
        assert mistake.hint in found[0].hint, found

    def run(self, *arguments: str) -> Ran:
        """Run `handouts` in the project's folder, as people do."""
        return run(self.root, *arguments)


def small_project(folder: Path) -> SmallProject:
    """Write the small project into a folder."""
    project = SmallProject(folder.resolve())
    for name, text in _FILES.items():
        project.write(name, text)
    return project
