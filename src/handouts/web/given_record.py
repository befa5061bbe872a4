"""The record of a print that was handed out at the front desk."""

from collections.abc import Sequence

from handouts.given.record import Given, record_given
from handouts.numbering.fields import fill_for_display
from handouts.web.print_form import PrintForm
from handouts.web.prints import Print


def describe_given(forms: Sequence[PrintForm], made: Print) -> Given | None:
    """Return the record of a print of a form, or of several as a pack; None if it has no file or no print code."""
    if made.made_from is None or not made.ok:
        return None
    titles = "; ".join(fill_for_display(form.handout, [form.practice]).front.title for form in forms)
    title = titles if len(forms) == 1 else f"{made.planned.selection.handout.front.title or 'Pack'} ({titles})"
    kind = made.planned.edition.format.settings.file
    return record_given(title, made.made_from, kind, made.file.pages, made.file.content)
