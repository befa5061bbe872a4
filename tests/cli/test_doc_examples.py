"""Examples of commands in pages show what the commands print, and environment variables are all documented."""

import ast
import re
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from support.command import run
from support.examples import Command, fits, parse_commands
from support.shipped import ROOT

_BLOCK: Final = re.compile(r"^( *)```console\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_MISTAKE: Final = "Most sprains heal well.[@silverman1993]"


def examples(page: str) -> Iterator[tuple[Command, ...]]:
    """Yield the commands of each example that shows output."""
    whole = (ROOT / page).read_text(encoding="utf-8")
    for block in _BLOCK.finditer(whole):
        start = whole.count("\n", 0, block.start(2)) + 1
        commands = parse_commands(textwrap.dedent(block[2]), start)
        if any(command.shown for command in commands):
            yield commands


def normalized(text: str, folder: Path) -> list[str]:
    """Replace what differs from machine to machine: times, sizes, digests, versions, printers and folders."""
    text = text.replace(str(folder), "/home/ana")
    for pattern, replacement in (
        (r"\d+(\.\d+)? (B|kB|MB)\b", "SIZE"),
        (r'"(size|seconds|sha256)": [^,\n]+', r'"\1": ...'),
        (r"\d+ s, [\d.]+ files a second", "TIME"),
        (r"Python \d+\.\d+\.\d+", "Python"),
        (r"(no )?printers.*", "printers"),
        (r" {2,}(?=SIZE|\d+\b|files|pages|size)", " "),
        (r"^ files pages size", " files pages size"),
    ):
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text.splitlines()


def check(commands: tuple[Command, ...], folder: Path, base: Path) -> Path:
    """Run commands in a folder and compare what they print; return the folder that they end in."""
    for command in commands:
        name, *arguments = shlex.split(command.text, comments=True)
        if name == "cd":
            folder /= arguments[0]
            continue
        assert name == "handouts", f"line {command.line}: an example that shows output runs something else"
        if "sprained-ankle" in arguments and arguments[0] == "build":
            make_mistake(folder / "content/handouts/sprained-ankle/en.md")
        quiet = "2>/dev/null" in arguments
        ran = run(folder, *(argument for argument in arguments if argument != "2>/dev/null"))
        shown = normalized("\n".join(command.shown), base)
        # Messages and results are shown as they appear on a terminal: commands print one after the other.
        orders = (ran.out,) if quiet else (ran.err + ran.out, ran.out + ran.err)
        printed = [normalized(order, base) for order in orders]
        if not any(fits(shown, lines) for lines in printed):
            assert printed[0] == shown, f"line {command.line}"
    return folder


def make_mistake(path: Path) -> None:
    """Write the text with a misspelled source that README.md shows."""
    text, count = re.subn(
        r"A short answer in plain words\..*?references\.yaml\.\n", f"{_MISTAKE}\n", path.read_text(), flags=re.DOTALL
    )
    assert count == 1
    path.write_text(text)


def test_the_examples_of_the_readme_are_what_commands_print(tmp_path: Path) -> None:
    folder = tmp_path
    for commands in examples("README.md"):
        inside = folder if commands[0].text != "handouts doctor" else tmp_path
        after = check(commands, inside, tmp_path)
        folder = after if inside == folder else folder
    assert folder == tmp_path / "demo"


@pytest.mark.parametrize("commands", list(examples("docs/ci.md")), ids=lambda commands: str(commands[0].line))
def test_the_examples_for_machines_are_what_commands_print(tmp_path: Path, commands: tuple[Command, ...]) -> None:
    assert run(tmp_path, "init", "demo").code == 0
    check(commands, tmp_path / "demo", tmp_path)


def test_the_examples_of_formats_are_what_commands_print(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "demo").code == 0
    for commands in examples("docs/printing.md"):
        if not commands[0].text.startswith("handouts print "):  # needs a printer
            check(commands, tmp_path / "demo", tmp_path)


def test_an_example_has_to_fit_line_by_line() -> None:
    assert fits(["a", "...", "d"], ["a", "b", "c", "d"])
    assert fits(["...", "d"], ["d"])
    assert not fits(["a", "d"], ["a", "b", "d"])
    assert fits(["..."], [])


def test_the_documented_variables_are_those_that_the_code_reads() -> None:
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    section = page.partition("## Environment variables\n")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`([A-Z_]+)`", "".join(re.findall(r"^\|(.*?)\|", section, re.MULTILINE))))
    read = {name for path in (ROOT / "src/handouts").rglob("*.py") for name in variables_in(path)}
    # Read by Click and by libraries.
    assert documented - read == {"_HANDOUTS_COMPLETE", "SOURCE_DATE_EPOCH"}
    assert read - documented == set()


def variables_in(path: Path) -> Iterator[str]:
    """Yield the names of environment variables that a module reads, sets or removes."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "environ" in text else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            source, key = node.func.value, node.args[0]
        elif isinstance(node, ast.Subscript):
            source, key = node.value, node.slice
        else:
            continue
        name = source.attr if isinstance(source, ast.Attribute) else source.id if isinstance(source, ast.Name) else ""
        if name in {"environ", "environment"} and isinstance(key, ast.Constant) and str(key.value).isupper():
            yield str(key.value)


def test_nothing_is_installed_from_an_index_under_this_name() -> None:
    pages = [ROOT / "README.md", ROOT / "Dockerfile", *(ROOT / "docs").glob("*.md"), *(ROOT / "src").rglob("*.py")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"(?:pip|pipx) install[^\n]*?[ '\"]handouts(?:\[|['\"\s]|$)", text) == [], page
        assert [line for line in text.splitlines() if line.startswith("$ pip ")] == [], "Debian refuses it (PEP 668)"
