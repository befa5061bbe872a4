"""A small project that may be released."""

import datetime as dt
from pathlib import Path
from typing import Final

from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

TODAY: Final = dt.datetime.now().astimezone().date()
PUBLISHED: Final = str(TODAY - dt.timedelta(days=60))
DUE: Final = str(TODAY + dt.timedelta(days=300))
PHONE: Final = "01632 550123"
SAFETY: Final = """\
::: important {#safety always-with="treatment"}
Talk to your doctor before you take medicine.
:::
"""
_TREATMENT: Final = (
    "treatment: {benefits: [helps], risks: [safety], no_treatment: [what], other_options: [worry]}\nactions:"
)


def releasable(folder: Path) -> SmallProject:
    """Write a small project that may be released; its handout is "back", its practice "clinic"."""
    project = small_project(folder)
    project.write(SETTINGS, project.text(SETTINGS) + "signatures: optional\n")  # tests change the text
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine surgeon")
    project.replace(HANDOUT, "2026-01-10", PUBLISHED)
    project.replace(HANDOUT, "2028-01-10", DUE)
    project.replace(HANDOUT, "actions:", _TREATMENT)
    project.replace(PRACTICE, "01632 960000", PHONE)
    project.replace(PRACTICE, "https://harbor.example.org", "https://www.nhs.uk/harbor")
    words = (ROOT / "templates/labels.es.yaml").read_text(encoding="utf-8")
    project.write(
        "templates/labels.es.yaml", words.replace("{method: machine}", "{method: human, translator: Interpreters}")
    )
    return project
