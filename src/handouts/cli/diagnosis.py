"""Diagnosis: whether a machine can make handouts, and what it lacks."""

import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from handouts.model.project import Project, find_project, shipped


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is needed; `cure` says what to do where it is missing."""

    ok: bool
    what: str
    cure: str = ""


_PANGO = (
    "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango"
)


def examine() -> tuple[Finding, ...]:
    """Look at Python, libraries, fonts and folders of this machine, and typeset one page as a trial."""
    return tuple(_findings())


def _findings() -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}", "Python 3.11 or later is needed")
    yield from _packages()
    fonts = sorted((shipped() / "styles" / "fonts").glob("*.ttf"))
    yield Finding(bool(fonts), f"{len(fonts)} bundled font files", "install handouts again")
    yield Finding(
        find_library("harfbuzz-subset") is not None,
        "HarfBuzz subsetter: without it fonts are subset slowly, and bytes differ from run to run",
        _PANGO,
    )
    try:
        pages = _trial()
        yield Finding(pages == 1, f"WeasyPrint {version('weasyprint')}, a trial page")
    except OSError as missing:
        yield Finding(ok=False, what=f"WeasyPrint: {str(missing).splitlines()[0]}", cure=_PANGO)
    yield _printers()
    project = find_project(Path.cwd())
    if project:
        yield _output(project)


def _packages() -> Iterator[Finding]:
    """Compare the installed versions with what the package metadata of handouts asks for, extras if they are there."""
    from packaging.requirements import Requirement

    needed = [Requirement(written) for written in requires("handouts") or ()]
    unfit = 0
    for one in needed:
        is_extra = one.marker is not None and not one.marker.evaluate({"extra": ""})
        try:
            found = version(one.name)
        except PackageNotFoundError:
            found = ""
        if (is_extra and not found) or (found and one.specifier.contains(found, prereleases=True)):
            continue
        unfit += 1
        what = f"{one.name} {found or 'is not installed'}: handouts needs {one.specifier}"
        yield Finding(ok=False, what=what, cure=f'pip install "{one.name}{one.specifier}"')
    if not unfit:
        yield Finding(ok=True, what="Python packages: all in versions that handouts works with")


def _trial() -> int:
    from handouts.build.typeset import typeset
    from handouts.model.document import Composed

    page = "<html lang=en><title>Trial</title><h1>Trial</h1>"
    return typeset(Composed(page, "en", dt.date.min, (), Path.cwd(), (), ())).pages


def _printers() -> Finding:
    """Name the printers: one can do without them, so there being none is no fault of the machine."""
    from handouts.printing.queues import find_printers
    from handouts.problems.collector import Problems

    problems = Problems()
    printers = find_printers(problems)
    names = ", ".join(f"{printer.name} (default)" if printer.is_default else printer.name for printer in printers)
    reason = "; ".join(problem.message for problem in problems) or "CUPS has none"
    return Finding(ok=True, what=f"printers: {names}" if names else f"no printers by name: {reason}")


def _output(project: Project) -> Finding:
    folder = project.output if project.output.is_dir() else project.root
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(ok=True, what=f"output folder {project.output}")
    except OSError as refused:
        return Finding(ok=False, what=f"output folder {project.output}: {refused.strerror}", cure="allow writing there")
