"""Whether a paper with a print code may be handed out, in words for staff."""

import contextlib
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from handouts.model.conditions import list_audiences
from handouts.model.edition import list_offered_formats
from handouts.model.library import Handout, Library
from handouts.numbering.fields import fill_for_display
from handouts.numbering.select import ChoiceError, select
from handouts.schema.provenance import Provenance
from handouts.verify.verdict import Status, Verdict
from handouts.web.staff_text import StatusText

_KEEP_BACK: Final = "Do not hand it out."
_PRINT_AGAIN: Final = "Throw this paper away, and print it again."
_WORDS: Final[dict[Status, tuple[str, ...]]] = {
    "current": ("You can hand it out.",),
    "outdated": (_KEEP_BACK, _PRINT_AGAIN),
    "altered": (_KEEP_BACK, _PRINT_AGAIN),
    "gone": (_KEEP_BACK, "Throw this paper away."),
    "not-ours": (_KEEP_BACK,),
    "unknown": (_KEEP_BACK, "Ask your IT person."),
}
MISTYPED: Final = StatusText(
    "This is not a print code.",
    ("It has nine letters and digits, such as J3K-GD7-6QR, and is at the foot of each page. Type it again.",),
    "warn",
)
_UNKNOWN: Final = StatusText(
    "No handout of today has this code.",
    (
        "The paper is out of date, or has sections that somebody chose for one patient.",
        "Print it again to be sure.",
    ),
    "warn",
)


@dataclass(frozen=True, slots=True)
class PaperText:
    """Whether a paper may be handed out; `title` and `address` are those of the handout as it is today, if any."""

    status: StatusText
    title: str = ""
    address: str = ""


def explain_verdict(library: Library, verdict: Verdict) -> PaperText:
    """Return what a verdict about a print code means for the person who holds the paper."""
    made_from = verdict.made_from
    if made_from is None:
        return PaperText(replace(_UNKNOWN, heading=f"{verdict.subject}: {_UNKNOWN.heading}"))
    if made_from.members:
        return PaperText(_describe_pack(library, verdict, made_from))
    handout = _find_handout(library, made_from)
    title = fill_for_display(handout, list(library.practices.values())).front.title if handout else made_from.handout
    text = _describe(f"“{title}”, version {made_from.version}", verdict)
    if handout is None or made_from.practice not in library.practices or verdict.status == "gone":
        return PaperText(text)
    return PaperText(text, title, _make_address(library, handout, made_from))


def _describe(what: str, verdict: Verdict) -> StatusText:
    reason = (verdict.reason,) if verdict.withdrawn and verdict.reason else ()
    sentences = () if verdict.obstacle else _WORDS[verdict.status]
    return StatusText(f"{what}: {verdict.headline}.", (*reason, *sentences), "good" if verdict.ok else "bad")


def _describe_pack(library: Library, verdict: Verdict, made_from: Provenance) -> StatusText:
    """Return what a verdict means for a pack; one that was put together for a patient has no title."""
    pack = library.settings.packs.get(made_from.handout)
    title = f"“{pack.titles.get(made_from.language, pack.title)}”, a pack" if pack else "A pack"
    count = len(made_from.members)
    return _describe(f"{title} of {count} handout{'' if count == 1 else 's'}", verdict)


def _find_handout(library: Library, made_from: Provenance) -> Handout | None:
    same = (one for one in library.handouts if (one.id, one.language) == (made_from.handout, made_from.language))
    return next(same, None)


def _make_address(library: Library, handout: Handout, made_from: Provenance) -> str:
    """Return the address of the page on which the same is chosen; of a choice that is no longer offered, the usual."""
    query: dict[str, str | list[str]] = {"practice": made_from.practice, "language": handout.language}
    with contextlib.suppress(ChoiceError):
        query["section"] = [section.id for section in select(handout, made_from.sections).sections]
    if made_from.audience in list_audiences(handout):
        query["audience"] = made_from.audience
    if made_from.format in list_offered_formats(handout, library.settings):
        query["format"] = made_from.format
    return f"/handouts/{handout.id}?{urlencode(query, doseq=True)}"
