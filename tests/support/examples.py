"""Examples in pages: commands with the output that they print."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Command:
    """A command of an example, and the lines shown below it; `...` stands for any lines."""

    line: int
    text: str
    shown: tuple[str, ...]


def parse_commands(block: str, first_line: int) -> tuple[Command, ...]:
    """Return the commands of a console block that starts at a line of its page."""
    commands: list[Command] = []
    for number, line in enumerate(block.splitlines(), first_line):
        if line.startswith("$ "):
            commands.append(Command(number, line.removeprefix("$ "), ()))
        elif not commands[-1].text.endswith("\\") and not line.startswith("    | ["):
            last = commands.pop()
            commands.append(Command(last.line, last.text, (*last.shown, line)))
    return tuple(commands)


def fits(shown: list[str], printed: list[str]) -> bool:
    """Return whether the printed lines are those shown, with any lines in place of `...`."""
    pattern = "".join("(.*\n)*" if line == "..." else re.escape(f"{line}\n") for line in shown)
    return bool(re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)))


_GUIDE: Final = re.compile(
    r"^```markdown\n(?P<text>.*?)^```\n\n!\[[^\]]*\]\(images/guide-(?P<name>[a-z]+)\.png\)", re.DOTALL | re.MULTILINE
)


def read_examples(page: Path) -> dict[str, str]:
    """Return the examples of a guide that a picture shows, by the name of the picture."""
    return {match["name"]: match["text"] for match in _GUIDE.finditer(page.read_text(encoding="utf-8"))}
