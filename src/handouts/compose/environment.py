"""Jinja2 for templates from strangers: sandboxed, escaping, strict about what is not defined."""

import traceback
from collections.abc import Mapping

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.problem import Place, Problem, error
from handouts.project import OutsideProjectError, Project

MAX_TEMPLATE_BYTES = 500_000


def fill(project: Project, template: str, values: Mapping[str, object], problems: list[Problem]) -> str | None:
    """Fill a template, the project's own or the shipped one; add a problem and give None if it has a mistake."""
    try:
        return _environment(project).get_template(template).render(values)
    except TemplateSyntaxError as broken:
        place = Place(f"templates/{broken.name or template}", broken.lineno)
        problems.append(error("bad-template", broken.message or "not a valid template", place))
    except TemplateNotFound as missing:
        problems.append(
            error("missing-template", f"there is no template {missing.name}", Place(f"templates/{template}"))
        )
    except OutsideProjectError as outside:
        problems.append(error("outside-project", f"the template {outside} lies outside the project"))
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as failed:
        # What a template's expressions can raise; the trace knows its line.
        problems.append(error("bad-template", str(failed) or type(failed).__name__, _place(failed, template)))
    return None


def _environment(project: Project) -> ImmutableSandboxedEnvironment:
    def load(name: str) -> tuple[str, str, None] | None:
        # Names are plain: no folder but one below templates/, so that nothing is found by "..".
        found = project.find("templates", name) if ".." not in name and not name.startswith(("/", "\\")) else None
        if found is None or found.stat().st_size > MAX_TEMPLATE_BYTES:
            return None
        return found.read_text(encoding="utf-8"), f"templates/{name}", None

    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _place(failed: Exception, template: str) -> Place:
    frames = traceback.extract_tb(failed.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    if not inside:
        return Place(f"templates/{template}")
    return Place(inside[-1].filename, inside[-1].lineno or 0)
