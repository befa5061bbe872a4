"""Saves what was changed in the editor, and puts back earlier versions, on the day and at the time of now.

Prints that are made from then on have the change: the project is read before the editor says "Saved".
"""

import datetime as dt

from flask import abort, request

from handouts.editing.save import Edit, restore_version, save_edit
from handouts.editing.versions import list_versions
from handouts.problems.problem import Problem
from handouts.web.desk import Desk


def save_change(desk: Desk, edit: Edit) -> tuple[Problem, ...]:
    """Save a change, and return the warnings that are new with it. Raises as `save_edit` does."""
    warnings = save_edit(desk.project, edit, desk.today(), _read_clock)
    desk.live_library.update()
    return warnings


def restore_chosen_version(desk: Desk, edited: str, practices: tuple[str, ...] = ()) -> None:
    """Put back the version that the form names; answer 404 if there is none. Raises as `save_edit` does."""
    versions = list_versions(desk.project, edited)
    version = next((one for one in versions if one.name == request.form.get("version")), None)
    if version is None:
        abort(404)
    edit = Edit(edited, request.form.get("base", ""), {}, practices)
    restore_version(desk.project, version, edit, desk.today(), _read_clock)
    desk.live_library.update()


def _read_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
