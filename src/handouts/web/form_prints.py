"""Makes the prints that forms define: to look at, or to hand out if that is allowed."""

from flask import request

from handouts.model.edition import formats
from handouts.model.patient import Patient
from handouts.numbering.fields import fill_for_display
from handouts.problems.exceptions import HandoutsError
from handouts.web.choices import Choice
from handouts.web.desk import Desk
from handouts.web.handout_warning import find_warning
from handouts.web.live_library import Snapshot
from handouts.web.pack_choice import PackChoice
from handouts.web.print_choice import PrintChoice
from handouts.web.print_form import PrintForm, read_choice
from handouts.web.prints import Print


class ForbiddenPrintError(HandoutsError):
    """The settings of the project do not allow this handout to be handed out; the text is the warning."""


class NotAgreedError(HandoutsError):
    """Somebody has to agree that this handout is handed out; the text is the warning, `title` that of the handout."""

    def __init__(self, warning: str, title: str) -> None:
        """Keep the title."""
        super().__init__(warning)
        self.title = title


def check_agreed(desk: Desk, form: PrintForm) -> None:
    """Check that somebody agreed to hand out a draft, or what is out of date.

    Raises ForbiddenPrintError if the settings do not allow that, NotAgreedError if nobody agreed.
    """
    warning = find_warning(desk.today(), form.handout)
    if warning and form.library.settings.release == "required":
        raise ForbiddenPrintError(warning)
    if warning and form.handout.id not in request.form.getlist("agreed"):
        raise NotAgreedError(warning, fill_for_display(form.handout, [form.practice]).front.title)


def make_print(
    desk: Desk, form: PrintForm, patient: Patient, *, format_name: str | None = None, visit: str = ""
) -> tuple[PrintChoice, Print]:
    """Make the print that a form defines, in its format or in another one.

    A print that the same visit is waiting for is canceled. Raises NotOfferedError, NothingSelectedError, BusyError and
    SupersededError.
    """
    choice = read_choice(form, format_name)
    # What is typed for a patient is printed in PDFs only.
    is_pdf = formats(form.library.settings)[choice.format].settings.file == "pdf"
    return choice, _make(desk, form.snapshot, choice, patient if is_pdf else Patient(), visit)


def make_print_to_hand_out(desk: Desk, form: PrintForm, patient: Patient, *, format_name: str | None = None) -> Print:
    """Make the print that a form defines, and record its print code where only releases are printed.

    Raises as `make_print` does.
    """
    _, made = make_print(desk, form, patient, format_name=format_name)
    return desk.prints.record_code(form.snapshot, made)


def make_pack_print(desk: Desk, snapshot: Snapshot, choice: PackChoice, patient: Patient, *, visit: str = "") -> Print:
    """Make a pack. A print that the same visit is waiting for is canceled. Raises as `make_print` does."""
    return _make(desk, snapshot, choice, patient, visit)


def make_pack_print_to_hand_out(desk: Desk, snapshot: Snapshot, choice: PackChoice, patient: Patient) -> Print:
    """Make a pack, and record its print code where only releases are printed. Raises as `make_print` does."""
    return desk.prints.record_code(snapshot, make_pack_print(desk, snapshot, choice, patient))


def _make(desk: Desk, snapshot: Snapshot, choice: Choice, patient: Patient, visit: str) -> Print:
    """Make a print for a patient, or for nobody in particular: then it may be cached."""
    waiting_visit = visit or object()
    if patient:
        return desk.prints.make_for_patient(snapshot, choice, patient, waiting_visit)
    return desk.prints.find_or_make(snapshot, choice, waiting_visit)
