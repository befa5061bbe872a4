"""What the shipped project makes: every output, in color, in black, and in the other ways to print it."""

import re
import shutil
from pathlib import Path
from typing import Final, Literal

from support.command import copy_of_shipped, run
from support.shipped import ROOT

Kind = Literal["color", "black", "otherwise"]

LAKESIDE, NORTHGATE = "lakeside-spine-center", "northgate-family-practice"
PRACTICES: Final = (LAKESIDE, NORTHGATE)
CATALOGUE: Final = {
    "alendronate": LAKESIDE,
    "bone-density-test": "bayview-harbor",
    "bone-exercises": LAKESIDE,
    "bone-food": NORTHGATE,
    "falls-at-home": "bayview-ridge",
    "going-home": "bayview-harbor",
}
"""The handouts beside the one on spinal fractures, each for one of the practices: what is wrong for one is for all."""
# A column may end early, before a form that is not split, and lines of a panel may be short.
_LAYOUT: Final = {"hole", "line-length"}
_COMMANDS: Final[dict[Kind, tuple[tuple[str, ...], ...]]] = {
    "color": (("--set", "everything"),),
    "black": (
        ("-p", NORTHGATE, "-f", "handout", "-f", "one-page", "-f", "large-print", "-f", "booklet", "--ink", "black"),
        ("-p", NORTHGATE, "-f", "trifold", "-f", "trifold-z", "-s", "leaflet", "--ink", "black"),
        ("-p", LAKESIDE, "-f", "handout", "--ink", "black"),
    ),
    "otherwise": (
        ("-p", LAKESIDE, "-f", "booklet", "--no-impose"),
        ("-p", LAKESIDE, "-s", "benefits-risks"),
        ("-p", NORTHGATE, "-f", "trifold", "-s", "leaflet", "--no-impose"),
    ),
}


def build(folder: Path, kind: Kind) -> Path:
    """Build a copy of the shipped project in an empty folder; give the folder of its outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    project = copy_of_shipped(folder)
    for command in _COMMANDS[kind]:
        ran = run(project, "build", *command)
        assert ran.code == 0, ran.err
        # Nothing but the missing source is found amiss with them.
        assert re.findall(r"warning\[([^]]*)", ran.err) in ([], ["missing-reference"]), ran.err
    return project / "output"


def copy_of_form(folder: Path) -> Path:
    """Copy the shipped form, in all its languages, and a practice with texts in them."""
    for name in ("handouts/going-home", "practices/lakeside-spine-center"):
        shutil.copytree(ROOT / "content" / name, folder / "content" / name)
    shutil.copy(ROOT / "content/references.yaml", folder / "content")
    practice = folder / "content/practices/lakeside-spine-center/practice.yaml"
    text = practice.read_text(encoding="utf-8")
    inserts = re.search(r"inserts:\n(  .*\n)+", text)
    assert inserts  # those of another handout
    practice.write_text(text.replace(inserts[0], ""), encoding="utf-8")
    for file in (folder / "content/handouts/going-home").glob("*.md"):  # all formats, to see them
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^formats:.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    (folder / "handouts.yaml").write_text("language: en\n", encoding="utf-8")
    return folder


def build_forms(folder: Path) -> Path:
    """Build the form on one page in each language, and an Arabic leaflet and web page; return their folder."""
    project = copy_of_form(folder)
    for chosen in (("-f", "one-page"), ("-l", "ar", "-f", "trifold", "-f", "html")):
        ran = run(project, "build", "going-home", "-p", LAKESIDE, *chosen)
        assert ran.code == 0, ran.err
    return project / "output"


def build_catalogue(folder: Path) -> Path:
    """Build a print of each handout of the catalogue, without problems; return the folder of the prints."""
    folder.mkdir()
    for name in ("content", "styles", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "handouts.yaml").read_text(encoding="utf-8")
    entries = "".join(f"    - {{handouts: [{name}], practices: [{one}]}}\n" for name, one in CATALOGUE.items())
    with_set = settings.replace("sets:\n", f"sets:\n  catalogue:\n{entries}")  # a command for all reads them once
    (folder / "handouts.yaml").write_text(with_set, encoding="utf-8")
    ran = run(folder, "build", "--set", "catalogue")
    assert ran.code == 0, ran.err
    assert {*re.findall(r"(?:warning|error)\[([^]]*)", ran.err)} <= _LAYOUT, ran.err
    return folder / "output"


def files(output: Path) -> list[Path]:
    """Return the outputs in a folder, by practice and name."""
    return sorted(output.glob("*/*.*"))
