"""The values of the preview of a pack: the pages of what is put together for this patient, or why it cannot be made."""

from handouts.model.imposition import get_side_size
from handouts.web.desk import Desk
from handouts.web.handout_preview import list_image_addresses
from handouts.web.patient_print import make_unsent_print
from handouts.web.print_form import PrintForm, read_visit
from handouts.web.printer_form import read_printer_options
from handouts.web.staff_text import explain_failures

_OF_PACK = "-pack"  # a pack and a handout of one visit may be shown at the same time


def make_pack_preview(desk: Desk, forms: list[PrintForm]) -> dict[str, object]:
    """Make the print of a pack, and return the values of its preview. Raises as `make_unsent_print` does."""
    visit = read_visit()
    made, patient = make_unsent_print(desk, forms, f"{visit}{_OF_PACK}" if visit else "")
    return {
        "print": made,
        "file_type": made.planned.edition.format.settings.file,
        "images": list_image_addresses(desk, made) if made.ok else (),
        "side": tuple(map(round, get_side_size(made.planned.edition.makeup))),
        "failures": explain_failures(made.problems, patient),
        "one_side": read_printer_options(desk.printers).one_side,
    }
