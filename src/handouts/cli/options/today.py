"""The day as of which review dates are judged."""

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.check.release import ReleaseGate
    from handouts.model.library import Library
    from handouts.model.project import Project
    from handouts.problems.problem import Problem


def today() -> dt.date:
    """Return the day by the clock of this machine.

    SOURCE_DATE_EPOCH only fixes the bytes of outputs: with a day of the past, expired handouts would be released.
    """
    return dt.datetime.now().astimezone().date()


def open_release_gate(project: "Project", library: "Library", problems: "tuple[Problem, ...]") -> "ReleaseGate":
    """Return the gate that refuses what must not be released to patients today."""
    from handouts.check.release import ReleaseGate

    return ReleaseGate(project, library, problems, today())
