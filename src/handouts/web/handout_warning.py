"""Why a handout should not be handed out without asking."""

import datetime as dt
from collections.abc import Callable
from typing import Literal, TypeAlias

from handouts.model.library import Handout

HandoutWarning: TypeAlias = Literal["", "draft", "overdue"]
Judge: TypeAlias = Callable[[Handout], HandoutWarning]


def find_warning(today: dt.date, handout: Handout) -> HandoutWarning:
    """Return the reason, which is "" if a handout is approved and not out of date on a day."""
    if handout.front.status == "draft":
        return "draft"
    return "overdue" if handout.front.review_due < today else ""
