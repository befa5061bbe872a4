"""Jinja2 for templates from strangers: sandboxed, escaping, strict about what is not defined."""

import traceback
from collections.abc import Mapping

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.compose.pieces import read_piece
from handouts.problem import Place, Problem, error
from handouts.project import Project

# What the expressions of a template can raise.
_CAN_BE_RAISED = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
)


def fill(
    project: Project, template: str, values: Mapping[str, object], used: dict[str, str], problems: list[Problem]
) -> str | None:
    """Fill a template, the project's own or the shipped one; add a problem and give None if it has a mistake.

    The text of each template that this takes goes into `used`, by name.
    """
    found = len(problems)
    try:
        return _environment(project, used, problems).get_template(template).render(values)
    except TemplateSyntaxError as broken:
        place = Place(f"templates/{broken.name or template}", broken.lineno)
        problems.append(error("bad-template", broken.message or "not a valid template", place))
    except TemplateNotFound as missing:
        if len(problems) == found:
            problems.append(error("missing-file", f"there is no templates/{missing.name}", Place(template)))
    except _CAN_BE_RAISED as failed:
        problems.append(error("bad-template", str(failed) or type(failed).__name__, _place(failed, template)))
    return None


def _environment(project: Project, used: dict[str, str], problems: list[Problem]) -> ImmutableSandboxedEnvironment:
    def load(name: str) -> tuple[str, str, None] | None:
        piece = read_piece(project, "templates", name, problems)
        if piece is None:
            return None
        used[name] = piece.text
        return piece.text, piece.name, None

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _place(failed: Exception, template: str) -> Place:
    frames = traceback.extract_tb(failed.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    if not inside:
        return Place(f"templates/{template}")
    return Place(inside[-1].filename, inside[-1].lineno or 0)
