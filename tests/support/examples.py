"""Examples in pages: commands with the output that they print."""

import re
from dataclasses import dataclass


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
