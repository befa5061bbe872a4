"""Pictures of pixels have the same names in PDFs of each checkout, so that their bytes are the same."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from handouts.build.typeset import typeset
from handouts.problems.problem import Severity
from support.composed import composed_as
from support.projects import HANDOUT, LOGO, PRACTICE, small_project

# WeasyPrint leaves its color profile open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]


def typeset_in(folder: Path, color: str) -> bytes:
    """Return the PDF of a handout with a logo and a picture of one color, whose project is in a folder."""
    project = small_project(folder)
    painted = BytesIO()
    Image.new("RGB", (900, 300), color).save(painted, "PNG")
    (project.root / LOGO).unlink()
    project.write("content/practices/clinic/logo.png", painted.getvalue())
    project.replace(PRACTICE, "logo.svg", "logo.png")
    project.write("content/handouts/back/bone.png", painted.getvalue())
    project.replace(HANDOUT, "with a fever", "with a fever\n\n![A bone](bone.png)\n\n")
    finished = typeset(composed_as(project, "handout"))
    assert [problem for problem in finished.problems if problem.severity is Severity.ERROR] == []
    return finished.content


def test_pictures_do_not_depend_on_the_folder_of_the_project(tmp_path: Path) -> None:
    first = typeset_in(tmp_path / "one", "#204060")
    assert typeset_in(tmp_path / "a longer name" / "two", "#204060") == first
    assert typeset_in(tmp_path / "three", "#602040") != first
