"""What WeasyPrint says while it works, as problems."""

import logging
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager

from handouts.problems.problem import Place, Problem, error, warning

_CSS_PLACE = re.compile(r"\bat (\d+):(\d+)")


class _Listener(logging.Handler):
    def __init__(self, problems: list[Problem], sheet: str, told: str, refused: Container[str]) -> None:
        super().__init__(logging.WARNING)
        self._told = told
        self._refused = refused
        self._problems = problems
        self._sheet = sheet

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
            letter, number = record.args
            if str(letter) in self._told:
                return
            hint = "write it another way, or add a font that has it"
            message = f'no font has the letter "{letter}" (U+{number:04X}), so a box would be printed'
            self._problems.append(error("missing-glyph", message, None, hint))
            return
        if isinstance(record.args, tuple) and record.args and record.args[0] in self._refused:
            return
        message = record.getMessage()
        found = _CSS_PLACE.search(message)
        place = Place(self._sheet, *(int(n) for n in found.groups())) if found and self._sheet else None
        # What could not be loaded is missing on the page; all else that is logged changes how it looks.
        make, code = (error, "not-loaded") if record.levelno >= logging.ERROR else (warning, "rendering")
        self._problems.append(make(code, message, place or (Place(self._sheet) if self._sheet else None)))


@contextmanager
def heard(problems: list[Problem], sheet: str = "", told: str = "", refused: Container[str] = ()) -> Iterator[None]:
    """Collect what WeasyPrint logs as problems; `sheet` names the style sheet being read.

    Of missing letters, those in `told` are known, and so is that the addresses `refused` are not loaded.
    """
    logger = logging.getLogger("weasyprint")
    listener = _Listener(problems, sheet, told, refused)
    propagate = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
