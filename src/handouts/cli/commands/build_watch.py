"""Building again whenever a file is saved, until Ctrl-C."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from handouts.cli.output.problems import say, visible

if TYPE_CHECKING:
    from handouts.model.project import Project


def keep_building(project: "Project", build: Callable[[], object]) -> None:
    """Build, and again after each save; what is wrong then is told, and put right by the next one."""
    from handouts.build.watch import changes

    try:
        # It watches before the first build, so that no save is missed.
        for saved in changes(project):
            if saved:
                names = ", ".join(sorted(project.place(path).file for path in saved))
                say(f"changed: {visible(names)}")
            try:
                build()
            except click.UsageError as meaningless:  # a section was renamed, say
                say(f"error: {meaningless.format_message()}")
            say("waiting for changes; Ctrl-C ends it")
    except KeyboardInterrupt:
        say("ended")
