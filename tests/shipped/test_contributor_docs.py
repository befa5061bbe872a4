"""Pages for contributors: what they name exists, and they leave out no room."""

import re
import tomllib
from itertools import chain

import pytest

from support.shipped import ROOT

PACKAGE = ROOT / "src" / "handouts"
PAGES = ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]


@pytest.mark.parametrize("page", PAGES)
def test_files_and_folders_that_are_named_exist(page: str) -> None:
    text = re.sub(r"```(?:diff|mermaid).*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"`([a-z_/.]+/(?:[a-z_]+\.[a-z]+)?)`|\]\((?!https?:)([^)#]+)\)", text)
    paths = set(filter(None, chain.from_iterable(named)))
    assert [path for path in sorted(paths) if not any((base / path).exists() for base in (ROOT, PACKAGE))] == []


def test_all_rooms_are_described_in_the_order_of_the_layers() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([a-z]+)/` \|", text[text.index("## The rooms") :], re.MULTILINE)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [
        re.findall(r"handouts\.([a-z]+)", layer) for layer in settings["tool"]["importlinter"]["contracts"][0]["layers"]
    ]
    order = {room: index for index, rooms in enumerate(layers) for room in rooms}
    assert [order[room] for room in described] == sorted(order[room] for room in described)
    assert set(described) == order.keys() == {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def test_only_the_entry_points_stand_at_the_root_of_the_package() -> None:
    assert {path.name for path in PACKAGE.iterdir() if path.is_file()} == {"__init__.py", "__main__.py", "py.typed"}


def test_no_init_file_has_logic() -> None:
    inits = [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]
    assert [path for path in inits if not re.fullmatch(r'"""[^"]*"""\n', path.read_text(encoding="utf-8"))] == []
