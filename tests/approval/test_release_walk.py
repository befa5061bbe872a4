"""The way of a handout from draft to withdrawn in docs/release.md, followed step by step."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Final

from support.command import invoke
from support.examples import fits, parse_commands
from support.projects import HANDOUT, SETTINGS, SmallProject
from support.releases import releasable
from support.shipped import ROOT

_STEP: Final = re.compile(
    r"(?:^<!-- change: (?P<path>[^\n]+) -->\n)?^```(?P<kind>console|diff)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
_CODE: Final = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
_PRINTED: Final = "output/clinic/back.en.txt"


def normalize(text: str) -> list[str]:
    """Replace print codes, and days except those that the project itself names."""
    text = _CODE.sub("CODE", text)
    text = re.sub(r"(?<=on )20\d\d-\d\d-\d\d", "DAY", text)
    return re.sub(r"(?<=on )\d{1,2} [A-Z][a-z]+ 20\d\d", "DAY", text).splitlines()


def change(project: SmallProject, path: str, diff: str) -> None:
    """Replace the lines that a diff removes by those that it adds, or add them at the end of the file."""
    old, new = ("".join(line[1:] + "\n" for line in diff.splitlines() if line[0] == sign) for sign in "-+")
    if old:
        project.replace(path, old, new)
    else:
        project.write(path, project.text(path) + new)


def test_the_way_from_draft_to_withdrawn_is_as_the_page_says(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(SETTINGS, "signatures: optional\n", "release: required\n")
    project.replace(HANDOUT, "status: approved\nreviewed_by: Spine surgeon", "status: draft")
    project.write("content/handouts/neck/en.md", project.text(HANDOUT))  # what stays
    page = (ROOT / "docs/release.md").read_text(encoding="utf-8")
    section = page.partition("## From draft to withdrawn\n")[2].partition("\n## ")[0]
    first_code = ""
    steps = list(_STEP.finditer(section))
    assert len(steps) >= 10
    for step in steps:
        if step["kind"] == "diff":
            change(project, step["path"], step["text"])
            continue
        for command in parse_commands(step["text"], 0):
            name, *arguments = shlex.split(command.text)
            if name == "rm":
                shutil.rmtree(project.root / arguments[-1])
                continue
            if arguments[0] == "verify":
                first_code = first_code or _CODE.findall(project.text(_PRINTED))[0]
                arguments[1] = first_code
            ran = project.run(*arguments) if arguments[0] == "build" else invoke(project.root, *arguments)
            shown = normalize("\n".join(command.shown))
            assert fits(shown, normalize(ran.err + ran.out)), f"{command.text}\n{ran.err}{ran.out}"
    assert not (project.root / _PRINTED).exists()
