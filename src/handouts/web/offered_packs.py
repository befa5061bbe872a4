"""The packs that a practice offers: handouts that are often given together, in the language of the practice."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from handouts.build.plan.request import filter_names
from handouts.model.conditions import list_audiences
from handouts.model.library import Library, Practice
from handouts.numbering.fields import fill_for_display
from handouts.numbering.select import ChoiceError, select
from handouts.schema.settings import Pack
from handouts.web.handout_warning import Judge
from handouts.web.print_choice import NotOfferedError, find_handout


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """A pack with the titles of its handouts, and its items as the script of the page takes them."""

    id: str
    title: str
    titles: tuple[str, ...]
    items: str


def list_packs(library: Library, practice: Practice, judge: Judge) -> tuple[OfferedPack, ...]:
    """Return the packs of a practice. A pack of which a handout cannot be read now is left out."""
    packs = library.settings.packs.items()
    of_practice = ((name, pack) for name, pack in packs if filter_names([practice.id], pack.practices))
    offered = (_offer(library, practice, name, pack, judge) for name, pack in of_practice)
    return tuple(pack for pack in offered if pack is not None)


def _offer(library: Library, practice: Practice, name: str, pack: Pack, judge: Judge) -> OfferedPack | None:
    items: list[dict[str, str]] = []
    for item in pack.handouts:
        try:
            handout = find_handout(library, item.handout, practice=practice)
            sections = [section.id for section in select(handout, item.sections).sections] if item.sections else []
        except (NotOfferedError, ChoiceError):
            return None
        audience = [pack.audience] if pack.audience in list_audiences(handout) else []
        query = urlencode({"language": handout.language, "section": sections, "audience": audience}, doseq=True)
        title = fill_for_display(handout, [practice]).front.title
        address = f"/handouts/{handout.id}?{urlencode({'practice': practice.id})}&{query}"
        items.append(
            {
                "handout": handout.id,
                "query": query,
                "title": title,
                "warning": judge(handout),
                "address": address,
                "languages": " ".join(one.language for one in library.handouts if one.id == handout.id),
            }
        )
    title = pack.titles.get(practice.language, pack.title)
    return OfferedPack(name, title, tuple(item["title"] for item in items), json.dumps(items))
