"""Fills the templates of a project; errors in them become problems with file and line."""

import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Final

from jinja2 import FunctionLoader, TemplateError, TemplateNotFound, TemplateSyntaxError

from handouts.compose.kept_fragments import KeptFragments, Uses
from handouts.compose.project_files import BAD_TEMPLATE, MISSING_TEMPLATE_FILE, ProjectFiles
from handouts.compose.sandbox import TemplateEnvironment
from handouts.compose.template_functions import Plain, TemplateFunction, require_plain
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, did_you_mean
from handouts.system.time_limit import TooSlowError, time_limit

# What compiling and filling a template can raise.
_TEMPLATE_FAILURES: Final = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TooSlowError,
    SyntaxError,  # Python code that Jinja2 generates: loops nested too deep, an argument given twice
    TypeError,
    ValueError,
)
_MAX_LENGTH: Final = 10_000_000  # characters of a filled template
_NOT_DEFINED: Final = re.compile("'(.+)' is undefined")


class Templates:
    """The templates of a project, its own and the shipped ones."""

    def __init__(self, files: ProjectFiles, timeout: float) -> None:
        """Take the files of the project, which include its templates, and how many seconds a document may take."""
        self._files = files
        self._timeout = timeout
        self._fragments = KeptFragments()
        self._idle: list[TemplateEnvironment] = []

    def fill(
        self,
        template: str,
        values: Mapping[str, Plain | TemplateFunction],
        used: dict[str, str],
        problems: Problems,
        *,
        keep: bool = True,
    ) -> str | None:
        """Return the text of a filled template; report an error in it and return None.

        The text of each template that is used is added to `used`, by name. With `keep`, the text of templates that it
        includes is kept, and the values must never change. Raises TypeError for values that are neither plain data nor
        template functions.
        """
        shareable = require_plain(values)
        environment = self._take_environment() if keep else TemplateEnvironment(FunctionLoader(self._load))
        uses = environment.start_document(shareable)
        load_problems = Problems()
        try:
            with time_limit(self._timeout):
                text = _join(environment.get_template(template).generate(values))
        except TemplateSyntaxError as error:
            place = Place(f"templates/{error.name or template}", error.lineno)
            problems.add(_make_template_problem(error.message or "not a valid template", place, values))
        except TemplateNotFound as error:
            # A template that exists but cannot be read has been reported already.
            self._read_used(uses, {}, load_problems)
            if not load_problems.has_errors:
                problems.add(MISSING_TEMPLATE_FILE.at(_locate(error, template), name=f"templates/{error.name}"))
        except _TEMPLATE_FAILURES as error:
            text = error.msg if isinstance(error, SyntaxError) else str(error)
            if isinstance(error, MemoryError):
                text = "it needs more memory than is allowed"
            elif isinstance(error, TooSlowError):
                text = f"it takes more than {self._timeout:g} seconds"
            problems.add(_make_template_problem(text or type(error).__name__, _locate(error, template), values))
        else:
            if keep:
                self._idle.append(environment)
            return text
        finally:
            self._read_used(uses, used, problems)
        return None

    def _take_environment(self) -> TemplateEnvironment:
        """Return an environment that no other thread uses; templates are loaded in it already."""
        try:
            return self._idle.pop()
        except IndexError:
            return TemplateEnvironment(FunctionLoader(self._load), self._fragments)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        # A missing template is reported at the line that includes it.
        file = self._files.read("templates", name, Problems()) if self._files.exists("templates", name) else None
        return (file.text, file.name, None) if file else None

    def _read_used(self, uses: Uses, texts: dict[str, str], problems: Problems) -> None:
        """Add the text of each template that was used to `texts`, and report those that cannot be read."""
        for name in uses.templates:
            file = self._files.read("templates", name, problems) if self._files.exists("templates", name) else None
            if file:
                texts[name] = file.text


def _join(parts: Iterable[str]) -> str:
    """Return the text of a template. Raises ValueError if it is too long."""
    texts, length = [], 0
    for part in parts:
        texts.append(part)
        length += len(part)
        if length > _MAX_LENGTH:
            raise ValueError(f"it writes more than {_MAX_LENGTH:,} characters")
    return "".join(texts)


def _make_template_problem(text: str, place: Place, values: Mapping[str, object]) -> Problem:
    """Return a problem with the text of an error, whose second line is the hint."""
    message, _, hint = text.partition("\n")
    name = _NOT_DEFINED.fullmatch(message)
    return BAD_TEMPLATE.at(place, hint=did_you_mean(name[1], values) if name else hint, detail=message)


def _locate(error: Exception, template: str) -> Place:
    if isinstance(error, SyntaxError):
        # Its line number is one of the generated code.
        return Place(error.filename or f"templates/{template}")
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.startswith("templates/")]
    if not inside:
        return Place(f"templates/{template}")
    return Place(inside[-1].filename, inside[-1].lineno or 0)
