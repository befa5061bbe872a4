"""Fills templates: loads them from a project, and turns what goes wrong into problems with file and line."""

import re
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from jinja2 import BytecodeCache, FunctionLoader, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket

from handouts.compose.project_files import Pieces
from handouts.compose.sandbox import TemplateEnvironment
from handouts.compose.template_functions import Plain, TemplateFunction, require_plain
from handouts.problems.problem import Place, Problem, did_you_mean, error

if TYPE_CHECKING:
    from types import CodeType

# What a template can raise when it is compiled and filled.
_CAN_BE_RAISED: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,  # Python code that Jinja2 generates: loops nested too deep, an argument given twice
    TypeError,
    ValueError,
)
_NOT_DEFINED: Final = re.compile("'(.+)' is undefined")


class Templates:
    """The templates of a project, its own or the shipped ones; each is compiled once."""

    def __init__(self, pieces: Pieces) -> None:
        """Take the files that the templates come from."""
        self._pieces = pieces
        self._compiled = _Compiled()

    def fill(
        self,
        template: str,
        values: Mapping[str, Plain | TemplateFunction],
        used: dict[str, str],
        problems: list[Problem],
    ) -> str | None:
        """Fill a template; add a problem and give None if it has a mistake.

        The text of each template that this takes goes into `used`, by name. Raise TypeError for values that are
        neither plain data nor template functions.
        """
        require_plain(values)
        found = len(problems)
        try:
            return self._environment(used, problems).get_template(template).render(values)
        except TemplateSyntaxError as broken:
            place = Place(f"templates/{broken.name or template}", broken.lineno)
            problems.append(_mistake(broken.message or "not a valid template", place, values))
        except TemplateNotFound as missing:
            if len(problems) == found:
                message = f"there is no templates/{missing.name}"
                problems.append(error("missing-file", message, _place(missing, template)))
        except _CAN_BE_RAISED as failed:
            text = failed.msg if isinstance(failed, SyntaxError) else str(failed)
            problems.append(_mistake(text or type(failed).__name__, _place(failed, template), values))
        return None

    def _environment(self, used: dict[str, str], problems: list[Problem]) -> TemplateEnvironment:
        def load(name: str) -> tuple[str, str, None] | None:
            wrong: list[Problem] = []
            piece = self._pieces.read("templates", name, wrong)
            # That there is none is an error of the template that includes it, at the line where it does.
            problems.extend(problem for problem in wrong if problem.code != "missing-file")
            if piece is None:
                return None
            used[name] = piece.text
            return piece.text, piece.name, None

        # One for each page, so that what a page uses is known; compiling is what takes long.
        return TemplateEnvironment(FunctionLoader(load), self._compiled)


class _Compiled(BytecodeCache):
    """Compiled templates, kept in memory."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


def _mistake(text: str, place: Place, values: Mapping[str, object]) -> Problem:
    """Make a problem of the text of an error, whose second line is the hint."""
    message, _, hint = text.partition("\n")
    name = _NOT_DEFINED.fullmatch(message)
    return error("bad-template", message, place, did_you_mean(name[1], values) if name else hint)


def _place(failed: Exception, template: str) -> Place:
    if isinstance(failed, SyntaxError):
        # Its line is one of the generated code.
        return Place(failed.filename or f"templates/{template}")
    frames = traceback.extract_tb(failed.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    if not inside:
        return Place(f"templates/{template}")
    return Place(inside[-1].filename, inside[-1].lineno or 0)
