"""The project that this repository is: its content, read once."""

from functools import cache
from pathlib import Path

from handouts.model.library import Body, Handout, Library
from handouts.model.project import Project
from handouts.read.project import read_project

ROOT = Path(__file__).parents[2]


@cache
def library() -> Library:
    """Read the shipped project."""
    reading = read_project(Project(ROOT))
    assert reading.library is not None, reading.problems
    return reading.library


def handout(identifier: str = "spinal-fracture") -> Handout:
    """Return a shipped handout in English; most tests are about the first one, on spinal fractures."""
    (found,) = (one for one in library().handouts if one.id == identifier and one.language == "en")
    return found


def words(body: Body) -> str:
    """Return the text of a body as sentences: no markup, no citations, items of lists ended by a full stop."""
    lines: list[str] = []
    heading = False
    for token in body.tokens:
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "inline" and not heading:
            text = "".join(
                child.content if child.type in {"text", "code_inline"} else " " if child.type == "softbreak" else ""
                for child in token.children or ()
            ).strip()
            lines.append(text if text.endswith((".", "?", "!", ":")) else f"{text}.")
    return "\n".join(lines)
