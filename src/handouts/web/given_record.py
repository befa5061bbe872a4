"""The record of a print that was handed out at the front desk."""

from handouts.given.record import Given, record_given
from handouts.numbering.fields import fill_for_display
from handouts.web.print_form import PrintForm
from handouts.web.prints import Print


def describe_given(form: PrintForm, made: Print) -> Given | None:
    """Return the record of a print; None if it has no file or no print code."""
    if made.made_from is None or not made.ok:
        return None
    title = fill_for_display(form.handout, [form.practice]).front.title
    kind = made.planned.edition.format.settings.file
    return record_given(title, made.made_from, kind, made.file.pages, made.file.content)
