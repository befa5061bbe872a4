"""What people choose to print, one handout or a pack, as a planned output."""

from typing import TypeAlias

from handouts.build.plan.plan import Planned
from handouts.numbering.select import EmptySelectionError, UnknownNameError
from handouts.web.live_library import Snapshot
from handouts.web.pack_choice import PackChoice
from handouts.web.print_choice import NotOfferedError, PrintChoice, require_library

Choice: TypeAlias = PrintChoice | PackChoice


def plan_choice(snapshot: Snapshot, choice: Choice) -> Planned:
    """Plan a print. Raises NotOfferedError for one that the library cannot plan."""
    try:
        return choice.plan(require_library(snapshot))
    except (UnknownNameError, EmptySelectionError, ValueError):
        raise NotOfferedError from None
