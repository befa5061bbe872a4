"""What no template may leave out: safety information, the disclaimer, and how to reach the practice."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from handouts.edition import Edition
from handouts.library import Practice
from handouts.number import Numbered
from handouts.problem import Place, Problem, error


def left_out(
    html: str, numbered: Numbered, blocks: Mapping[str, Markup], practice: Practice, edition: Edition
) -> Iterator[Problem]:
    """Report each obligatory piece that a filled template does not hold; `blocks` has the HTML of each block."""
    profile = practice.profile
    pieces = {
        "the disclaimer": escape(numbered.selection.handout.front.disclaimer),
        "the emergency number": escape(profile.emergency.number),
        **{f"the phone number {phone.number}": escape(phone.number) for phone in profile.phones},
        **{f'the block "{name}"': block for name, block in blocks.items()},
    }
    place = Place(f"templates/{edition.format.template}")
    for what, piece in pieces.items():
        if piece not in html:
            hint = "include the part that holds it: safety information, disclaimer and contact are always printed"
            yield error("left-out", f"the template leaves out {what}", place, hint)
