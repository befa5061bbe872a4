"""A small project that is published: two practices, a handout in two languages for one of them, and a draft."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, Final

from handouts.build.options import BuildOptions
from handouts.cli.context import make_gate_opener
from handouts.model.project import Project
from handouts.publish.options import PublishOptions
from handouts.publish.publish import Published, publish
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject
from support.releases import TODAY, releasable

BASE_URL: Final = "https://handouts.nhs.uk/spine/"
NECK: Final = "content/handouts/neck/en.md"
ANNEX: Final = "content/practices/annex/practice.yaml"


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 - as declared
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **options))
        except Exception as raised:  # noqa: BLE001 - as executors do
            future.set_exception(raised)
        return future


def publishable(folder: Path) -> SmallProject:
    """Write the project; "back" is approved, "neck" is a draft."""
    project = releasable(folder)
    project.write(SETTINGS, project.text(SETTINGS) + f"publish:\n  base_url: {BASE_URL}\n")
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54.5], snomed: [161891005]}\nkeywords:")
    neck = project.text(HANDOUT).replace("title: Back pain", "title: Neck pain").replace("HO-1", "HO-2")
    project.write(NECK, neck.replace("status: approved\nreviewed_by: Spine surgeon", "status: draft"))
    annex = project.text(PRACTICE).replace("Harbor Clinic", "Annex & Sons").replace("550123", "550177")
    project.write(ANNEX, annex)
    project.write("content/practices/annex/logo.svg", project.text("content/practices/clinic/logo.svg"))
    return project


def publish_small(
    project: SmallProject,
    folder: Path,
    *formats: str,
    day: dt.date = TODAY,
    prune: bool = False,
    openemr: Path | None = None,
    executor: Executor | None = None,
) -> Published:
    """Publish a project to a folder; PDFs are made by an executor with workers."""
    build = BuildOptions(gate=make_gate_opener(day))
    options = PublishOptions(folder, BASE_URL, formats, day, build, prune=prune, openemr=openemr)
    return publish(Project(project.root), options, executor or Here())


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below a folder, by its path there."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
