"""The terminal: detects its abilities, prints messages to stderr, and makes texts of files safe to show."""

import os
import sys
from pathlib import Path

import click


def choose_color() -> bool | None:
    """Return False if NO_COLOR is set (no-color.org), else None: Click then colors on terminals only."""
    return False if os.environ.get("NO_COLOR") else None


def can_redraw_lines() -> bool:
    """Return whether stderr is a terminal that can draw a line again, as a progress bar needs."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}


def print_message(text: str) -> None:
    """Write a line to stderr; stdout is for results."""
    click.echo(text, err=True, color=choose_color())


def relative_to_current_folder(path: Path) -> str:
    """Return a path relative to the current folder if it is below it, else unchanged."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def replace_control_characters(text: str) -> str:
    """Replace each control character with a space, so that texts of files cannot send commands to a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
