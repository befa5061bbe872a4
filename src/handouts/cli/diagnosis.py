"""Diagnoses a machine: checks whether it can make handouts, and finds what is missing."""

import contextlib
import datetime as dt
import io
import sys
import tempfile
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from handouts.model.project import Project, find_project, shipped


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement, whether it is met, and what to do if not."""

    ok: bool
    requirement: str
    remedy: str = ""


_INSTALL_PANGO: Final = (
    "Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango"
)


def diagnose_machine() -> tuple[Finding, ...]:
    """Check Python, libraries, fonts, printers and the output folder, and lay out one page as a trial."""
    return tuple(_run_checks())


def _run_checks() -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}", "Python 3.11 or later is needed")
    yield from _check_packages()
    fonts = sorted((shipped() / "styles" / "fonts").glob("*.ttf"))
    yield Finding(bool(fonts), f"{len(fonts)} bundled font files", "install handouts again")
    yield Finding(
        find_library("harfbuzz-subset") is not None,
        "HarfBuzz subsetter: without it fonts are subset slowly, and bytes differ from run to run",
        _INSTALL_PANGO,
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # WeasyPrint prints about libraries that are missing
            pages = _lay_out_trial_page()
        yield Finding(pages == 1, f"WeasyPrint {version('weasyprint')}, a trial page")
    except OSError as missing:
        yield Finding(ok=False, requirement=f"WeasyPrint: {str(missing).splitlines()[0]}", remedy=_INSTALL_PANGO)
    yield _check_printers()
    project = find_project(Path.cwd())
    if project:
        yield _check_output_folder(project)


def _check_packages() -> Iterator[Finding]:
    """Compare installed versions with the package metadata of handouts; extras only if they are installed."""
    from packaging.requirements import Requirement

    all_fit = True
    for requirement in map(Requirement, requires("handouts") or ()):
        is_extra = requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            installed = ""
        fits = installed and requirement.specifier.contains(installed, prereleases=True)
        if fits or (is_extra and not installed):
            continue
        all_fit = False
        yield Finding(
            ok=False,
            requirement=f"{requirement.name} {installed or 'is not installed'}: handouts needs {requirement.specifier}",
            remedy=f'{sys.executable} -m pip install "{requirement.name}{requirement.specifier}"',
        )
    if all_fit:
        yield Finding(ok=True, requirement="Python packages: all in versions that handouts works with")


def _lay_out_trial_page() -> int:
    """Return how many pages a document of one line has."""
    from handouts.build.typeset import typeset
    from handouts.model.document import Composed

    page = "<html lang=en><title>Trial</title><h1>Trial</h1>"
    return typeset(Composed(page, "en", dt.date.min, (), Path.cwd(), (), ())).pages


def _check_printers() -> Finding:
    """Name the printers; a machine without any is still ready to build."""
    from handouts.printing.queues import find_printers
    from handouts.problems.collector import Problems

    problems = Problems()
    printers = find_printers(problems)
    names = ", ".join(f"{printer.name} (default)" if printer.is_default else printer.name for printer in printers)
    reason = "; ".join(problem.message for problem in problems) or "CUPS has none"
    return Finding(ok=True, requirement=f"printers: {names}" if names else f"no printers by name: {reason}")


def _check_output_folder(project: Project) -> Finding:
    folder = project.output if project.output.is_dir() else project.root
    requirement = f"output folder {project.output}"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding(ok=True, requirement=requirement)
    except OSError as refused:
        return Finding(ok=False, requirement=f"{requirement}: {refused.strerror}", remedy="allow writing to it")
