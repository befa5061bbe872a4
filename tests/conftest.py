"""Options of the tests, their order, the shipped outputs that are built once, and the table of their conformance."""

import gc
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from filelock import FileLock

from handouts.system.garbage_collection import collect_garbage_rarely
from support.builds import LAKESIDE, build, build_catalogue, build_forms
from support.conformance import TABLE
from support.projects import SmallProject, small_project
from support.wheels import build_wheel

if TYPE_CHECKING:
    from support.chromium import Browsers

# How long an example takes says nothing on a machine that has other work. Examples differ from run to run, so that many
# runs see many; `pytest --hypothesis-profile=long` tries as many at once.
hypothesis.settings.register_profile("patient", deadline=None, max_examples=40)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("patient")

LONGEST_FILES = (
    "test_conformance.py",
    "test_bodies.py",
    "test_front_desk_page.py",
    "test_front_desk_printing.py",
    "test_lowest_versions.py",
    "test_recipes.py",
    "test_copyfitting.py",
    "test_doc_examples.py",
    "test_cluster.py",
    "test_worker_cache.py",
    "test_never_half.py",
    "test_front_desk_patient.py",
    "test_editor.py",
    "test_line_breaks.py",
    "test_verify.py",
    "test_build.py",
    "test_inspection.py",
    "test_front_desk_access.py",
    "test_action.py",
    "test_workers.py",
    "test_cli_hardening.py",
    "test_many_sections.py",
    "test_shared_pages.py",
    "test_compose.py",
    "test_printing.py",
    "test_tables.py",
    "test_two_containers.py",
    "test_contrast.py",
    "test_front_desk_prints.py",
    "test_press.py",
    "test_web_page.py",
    "test_booklets.py",
    "test_shipped_pages.py",
    "test_broken_fonts.py",
    "test_sources.py",
    "test_release_gate.py",
    "test_read_hostile_markdown.py",
    "test_safety.py",
    "test_drawings_as_pictures.py",
    "test_progress.py",
    "test_print_queues.py",
    "test_template_data.py",
    "test_open_project.py",
    "test_citation_rules.py",
    "test_record_systems.py",
    "test_first_page.py",
    "test_leaflets.py",
    "test_places.py",
    "test_languages.py",
)

# As the command does: a third of the time of a layout goes into collections that free nothing.
collect_garbage_rarely()

# Builds keep bodies for the next build of this user; those of tests are theirs alone, and shared by their processes.
if "PYTEST_XDIST_WORKER" not in os.environ:
    CACHE = tempfile.TemporaryDirectory(prefix="handouts-tests-")
    os.environ["XDG_CACHE_HOME"] = CACHE.name

# Tests that press Ctrl-C need it to be heard, also where all this was started in the background.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="Write files that are made from the code anew.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left with one of them at the end."""
    order = {name: index for index, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


def pytest_runtest_setup() -> None:
    """Call nothing when garbage is collected: what a time limit raises in such a function of hypothesis is lost.

    It measures how long that takes, for deadlines, of which there are none here.
    """
    gc.callbacks.clear()


def pytest_collection_finish() -> None:
    """Look no more for garbage among the modules and tests, all of which stay: it takes a second each time."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = (report for kind in terminalreporter.stats.values() for report in kind)
    reports = (report for report in reports if getattr(report, "when", "") == "call")
    for name, lines in (said for report in reports for said in getattr(report, "user_properties", ())):
        if name == TABLE:
            terminalreporter.section("conformance of the shipped outputs")
            for line in lines:
                terminalreporter.write_line(line)


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project of one handout, one practice and two references, without errors."""
    return small_project(tmp_path)


@pytest.fixture(scope="session")
def shipped_color(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outputs in color, of both practices, in every format."""
    return _made_once(tmp_path_factory, "color", partial(build, kind="color"))


@pytest.fixture(scope="session")
def shipped_black(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in black: those of one practice, and a handout of the other."""
    return _made_once(tmp_path_factory, "black", partial(build, kind="black"))


@pytest.fixture(scope="session")
def shipped_otherwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Single pages of a booklet and of a leaflet, and one section alone."""
    return _made_once(tmp_path_factory, "otherwise", partial(build, kind="otherwise"))


@pytest.fixture(scope="session")
def shipped_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A print of each other handout."""
    return _made_once(tmp_path_factory, "catalogue", build_catalogue)


@pytest.fixture(scope="session")
def shipped_forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form in each language."""
    return _made_once(tmp_path_factory, "forms", build_forms) / LAKESIDE


@pytest.fixture(scope="session")
def browsers() -> Iterator["Browsers"]:
    """The browsers: to start them takes as long as some tests in them."""
    from support.chromium import Browsers  # noqa: PLC0415 - most tests open none

    with ExitStack() as closing:
        yield Browsers(closing)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tool."""
    return _made_once(tmp_path_factory, "wheel", build_wheel)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """Return what `make` makes in a folder that all processes of a test run share."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    done = shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            done.write_text(str(make(shared / name)))
    return Path(done.read_text())
