"""Jinja2 for templates from strangers: sandboxed, escaping, strict about what is not defined."""

import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handouts.compose.pieces import Pieces
from handouts.problem import Place, Problem, error

if TYPE_CHECKING:
    from types import CodeType

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


class Templates:
    """The templates of a project, its own or the shipped ones; each is compiled once."""

    def __init__(self, pieces: Pieces) -> None:
        """Take the files that the templates come from."""
        self._pieces = pieces
        self._compiled = _Compiled()

    def fill(
        self, template: str, values: Mapping[str, object], used: dict[str, str], problems: list[Problem]
    ) -> str | None:
        """Fill a template; add a problem and give None if it has a mistake.

        The text of each template that this takes goes into `used`, by name.
        """
        found = len(problems)
        try:
            return self._environment(used, problems).get_template(template).render(values)
        except TemplateSyntaxError as broken:
            place = Place(f"templates/{broken.name or template}", broken.lineno)
            problems.append(error("bad-template", broken.message or "not a valid template", place))
        except TemplateNotFound as missing:
            if len(problems) == found:
                problems.append(error("missing-file", f"there is no templates/{missing.name}", Place(template)))
        except _CAN_BE_RAISED as failed:
            problems.append(error("bad-template", str(failed) or type(failed).__name__, _place(failed, template)))
        return None

    def _environment(self, used: dict[str, str], problems: list[Problem]) -> ImmutableSandboxedEnvironment:
        def load(name: str) -> tuple[str, str, None] | None:
            piece = self._pieces.read("templates", name, problems)
            if piece is None:
                return None
            used[name] = piece.text
            return piece.text, piece.name, None

        # One for each page, so that what a page uses is known; compiling is what takes long.
        return ImmutableSandboxedEnvironment(
            loader=FunctionLoader(load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=self._compiled,
        )


class _Compiled(BytecodeCache):
    """Compiled templates, kept in memory."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


def _place(failed: Exception, template: str) -> Place:
    frames = traceback.extract_tb(failed.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    if not inside:
        return Place(f"templates/{template}")
    return Place(inside[-1].filename, inside[-1].lineno or 0)
