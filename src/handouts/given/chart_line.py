"""The line for a chart that says what was given."""

import datetime as dt

from handouts.given.record import Given
from handouts.language.names import name_language


def write_chart_line(given: Given, day: dt.date) -> str:
    """Return a line such as: Gave “Back pain” v1.0, English, 6 pages, print code J3K-GD7, 2026-11-27."""
    draft = " (draft)" if given.status == "draft" else ""
    pages = [f"{given.pages} page{'' if given.pages == 1 else 's'}"] if given.pages else []
    facts = [
        f"Gave “{given.title}” v{given.version}{draft}",
        name_language(given.language),
        *pages,
        f"print code {given.print_code}",
        day.isoformat(),
    ]
    return ", ".join(facts)
