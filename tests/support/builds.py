"""What the shipped project makes: every output, in color, in black, and in the other ways to print it."""

import re
from pathlib import Path
from typing import Final, Literal

from support.command import copy_of_shipped, run

Kind = Literal["color", "black", "otherwise"]

LAKESIDE, NORTHGATE = "lakeside-spine-center", "northgate-family-practice"
PRACTICES: Final = (LAKESIDE, NORTHGATE)
_COMMANDS: Final[dict[Kind, tuple[tuple[str, ...], ...]]] = {
    "color": (("--set", "everything"),),
    "black": (
        ("-p", NORTHGATE, "--set", "everything", "--ink", "black"),
        ("-p", LAKESIDE, "-f", "handout", "--ink", "black"),
    ),
    "otherwise": (
        ("-p", LAKESIDE, "-f", "booklet", "--no-impose"),
        ("-p", LAKESIDE, "-s", "benefits-risks"),
        ("-p", NORTHGATE, "-f", "trifold", "-s", "leaflet", "--no-impose"),
    ),
}


def build(folder: Path, kind: Kind, *options: str, **environment: str) -> Path:
    """Build a copy of the shipped project in an empty folder; give the folder of its outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    project = copy_of_shipped(folder)
    for command in _COMMANDS[kind]:
        ran = run(project, "build", *command, *options, **environment)
        assert ran.code == 0, ran.err
        # Nothing but the missing source is found amiss with them.
        assert re.findall(r"warning\[([^]]*)", ran.err) in ([], ["missing-reference"]), ran.err
    return project / "output"


def files(output: Path) -> list[Path]:
    """Give the outputs in a folder, by practice and name."""
    return sorted(output.glob("*/*.*"))
