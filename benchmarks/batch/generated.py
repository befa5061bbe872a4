"""A generated project: the shipped practice and handout, many times, under other names."""

import colorsys
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PRACTICE = ROOT / "content" / "practices" / "lakeside-spine-center"
HANDOUT = ROOT / "content" / "handouts" / "spinal-fracture"
SCRIPTS = Path(sys.executable).parent
_AREAS = (616, 231, 248, 269, 313, 517, 586, 734, 810, 906, 947, 989)
_PHONES = 100  # that each area has for examples, from 555-0100


def generate(
    root: Path, practices: int, handouts: int = 1, sets: Mapping[str, Sequence[Mapping[str, object]]] | None = None
) -> Path:
    """Make a project of so many practices and handouts in a new folder, and return the folder."""
    (root / "content").mkdir(parents=True)
    settings = {"language": "en", "paper": "letter", "sets": {name: list(rows) for name, rows in (sets or {}).items()}}
    (root / "handouts.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    shutil.copy(ROOT / "content" / "references.yaml", root / "content")
    for number in range(practices):
        _practice(root / "content" / "practices" / f"practice-{number:04}", number, practices)
    for number in range(handouts):
        _handout(root / "content" / "handouts" / (f"handout-{number:02}" if number else HANDOUT.name), number)
    return root


def seconds_of(command: Sequence[str | Path], root: Path, environment: Mapping[str, str] | None = None) -> float:
    """Run a command in a project and return how long it took; raise SystemExit if it failed."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=root, env=environment)
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return taken


def build(root: Path, *arguments: str, kept: Path | None = None) -> float:
    """Run `handouts build` in a project and return how long it took; nothing was laid out before but what is `kept`."""
    with tempfile.TemporaryDirectory(prefix="benchmark-cache-") as fresh:
        environment = {**os.environ, "XDG_CACHE_HOME": str(kept or fresh)}
        return seconds_of([SCRIPTS / "handouts", "build", *arguments], root, environment)


def brand(number: int, count: int) -> str:
    """Return a dark color, another one for each practice."""
    channels = colorsys.hls_to_rgb(number / count, 0.25, 0.7)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


def _practice(folder: Path, number: int, count: int) -> None:
    shutil.copytree(PRACTICE, folder)
    color = brand(number, count)
    area = _AREAS[number // _PHONES % len(_AREAS)]
    changes = {
        "Lakeside Spine Center": f"Spine Center No. {number}",
        "lakeside-spine.example.org": f"practice-{number}.example.org",
        "120 Harbor": f"{120 + number} Harbor",
        "(616) 555-0134": f"({area}) 555-01{number % _PHONES:02}",
        "(616) 555-0157": f"({area}) 555-01{(number + 23) % _PHONES:02}",
        "#0b5a6f": color,
    }
    for path in (folder / "practice.yaml", folder / "logo.svg"):
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def _handout(folder: Path, number: int) -> None:
    shutil.copytree(HANDOUT, folder, ignore=shutil.ignore_patterns("es.md", "translations.yaml"))
    path = folder / "en.md"
    text = path.read_text(encoding="utf-8").replace("SF-101", f"SF-{101 + number}")
    path.write_text(text.replace("title: Spinal", f"title: Number {number}, spinal", 1), encoding="utf-8")
