"""Captures what WeasyPrint logs, as problems."""

import logging
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager

from handouts.model.output_rules import NOT_LOADED, RENDERING
from handouts.pdf.rules import ENGINE_ERROR, MISSING_GLYPH
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem

_CSS_PLACE = re.compile(r"\bat (\d+):(\d+)")
_FAILED_TO_LOAD = ("Failed to load image at", "Failed to load stylesheet at")


@contextmanager
def captured_log(
    problems: Problems, sheet: str = "", reported_letters: str = "", refused: Container[str] = ()
) -> Iterator[None]:
    """Report what WeasyPrint logs while the block runs, instead of printing it.

    `sheet` names the style sheet being parsed. Messages that are reported elsewhere are ignored: missing glyphs
    of the letters in `reported_letters`, and failures to load the addresses in `refused`.
    """
    logger = logging.getLogger("weasyprint")
    handler = _Handler(problems, sheet, reported_letters, refused)
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


class _Handler(logging.Handler):
    def __init__(self, problems: Problems, sheet: str, reported_letters: str, refused: Container[str]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems
        self._sheet = sheet
        self._reported_letters = reported_letters
        self._refused = refused

    def emit(self, record: logging.LogRecord) -> None:
        template = str(record.msg)
        arguments = record.args if isinstance(record.args, tuple) else ()
        if template.startswith(".notdef glyph"):
            letter, code_point = arguments
            if str(letter) not in self._reported_letters:
                letters = f'the letter "{letter}" (U+{code_point:04X})'
                self._problems.add(MISSING_GLYPH.at(None, spot="somewhere on the pages", letters=letters))
        elif not arguments or arguments[0] not in self._refused:
            self._problems.add(self._make_problem(record, template, arguments))

    def _make_problem(self, record: logging.LogRecord, template: str, arguments: tuple[object, ...]) -> Problem:
        message = record.getMessage()
        place = Place(self._sheet) if self._sheet else None
        if place and (position := _CSS_PLACE.search(message)):
            place = Place(self._sheet, int(position[1]), int(position[2]))
        if record.levelno < logging.ERROR:
            return RENDERING.at(place, detail=message)
        if template.startswith(_FAILED_TO_LOAD):
            address, reason = arguments
            return NOT_LOADED.at(place, address=address, reason=reason)
        return ENGINE_ERROR.at(place, detail=message)
