"""What WeasyPrint logs becomes problems, unless it is reported elsewhere."""

import logging

import pytest

from handouts.pdf.layout.captured_log import captured_log
from handouts.problems.collector import Problems

LOGGER = logging.getLogger("weasyprint")


@pytest.mark.parametrize(
    ("level", "template", "arguments", "expected"),
    [
        (
            logging.WARNING,
            "Ignored `%s` at %d:%d, %s.",
            ("color: x", 2, 5, "invalid value"),
            "a.css:2:5: warning[rendering]: not rendered as written: Ignored `color: x` at 2:5, invalid value.",
        ),
        (
            logging.ERROR,
            "Failed to load image at %r: %s",
            ("file:///x.png", "no such file"),
            (
                'a.css: error[not-loaded]: "file:///x.png" is not loaded: no such file '
                "(use a file of the project, and check its name)"
            ),
        ),
        (
            logging.ERROR,
            "No anchor #%s for internal URI reference",
            ("r1",),
            (
                "a.css: error[engine-error]: WeasyPrint reports: No anchor #r1 for internal URI reference "
                "(fix it in the template or style sheet that it comes from)"
            ),
        ),
    ],
)
def test_a_message_is_reported_with_its_place(
    level: int, template: str, arguments: tuple[object, ...], expected: str
) -> None:
    problems = Problems()
    with captured_log(problems, "a.css"):
        LOGGER.log(level, template, *arguments)
    assert [str(problem) for problem in problems] == [expected]


def test_what_is_reported_elsewhere_is_ignored() -> None:
    problems = Problems()
    with captured_log(problems, reported_letters="é", refused={"file:///x.png"}):
        LOGGER.error("Failed to load image at %r: %s", "file:///x.png", "refused")
        LOGGER.warning('.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)', "é", 0xE9)
        LOGGER.warning('.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)', "ø", 0xF8)
    assert [problem.code for problem in problems] == ["missing-glyph"]
    assert problems.as_tuple()[0].message.startswith('somewhere on the pages: no font has the letter "ø" (U+00F8)')
