"""Text files as programs save them: UTF-8 with a mark and Windows' line ends is read, other encodings are refused."""

import codecs
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, small_project

NAME = "Harbor Clínica “Ω”"


@pytest.mark.parametrize("file", [SETTINGS, REFERENCES, HANDOUT, PRACTICE])
def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing(tmp_path: Path, file: str) -> None:
    project = small_project(tmp_path)
    before = project.read()
    project.write(file, codecs.BOM_UTF8 + project.text(file).replace("\n", "\r\n").encode())
    assert project.read() == before


@pytest.mark.parametrize("file", [SETTINGS, REFERENCES, HANDOUT, PRACTICE])
@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Latin-1"),
    ],
)
def test_other_encodings_are_refused_with_what_to_do(tmp_path: Path, file: str, encoding: str, named: str) -> None:
    project = small_project(tmp_path)
    comment = "“é”" if encoding != "latin-1" else "é"
    text = project.text(file)
    text = f"{text}\n{comment}\n" if file == HANDOUT else f"# {comment}\n{text}"
    project.write(file, text.encode(encoding))
    problems = [problem for problem in project.read().problems if problem.place and problem.place.file == file]
    assert [problem.code for problem in problems] == ["not-utf8"]
    assert named in problems[0].hint
    assert "save it as UTF-8" in problems[0].hint


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_to_a_terminal_of_another_encoding_has_no_traceback(tmp_path: Path, encoding: str) -> None:
    project = small_project(tmp_path)
    project.replace(PRACTICE, "Harbor Clinic", NAME)
    project.replace(HANDOUT, "[^ages]: Above", "[^ágés]: Above")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C", "LANG": "C"}
    command = [sys.executable, "-m", "handouts", "check"]
    ran = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, check=False)
    assert ran.returncode == 1
    text = (ran.stdout + ran.stderr).decode("utf-8", "replace")  # Click takes ASCII for a mistake and writes UTF-8
    assert "Traceback" not in text
    assert "UnicodeEncodeError" not in text


def test_a_line_of_three_hyphens_may_end_a_file_as_pandoc_writes_it(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    before = project.read()
    project.write(REFERENCES, f"{project.text(REFERENCES)}---\n")
    assert project.read() == before
