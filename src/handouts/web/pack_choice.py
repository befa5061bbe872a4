"""The pack that somebody put together on the page: several handouts as one print, in one language."""

from dataclasses import dataclass, field, replace

from handouts.build.plan.packs import plan_pack_of_patient
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.edition import USUAL_FORMAT
from handouts.model.library import Library
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import ChoiceError
from handouts.schema.settings import PackItem


@dataclass(frozen=True, slots=True)
class PackChoice:
    """One pack: the ids of its handouts with those of their sections, in order.

    `name` is that of the pack in the settings that it began as, if any. Without an audience, texts for all are printed.
    """

    practice: str
    language: str
    items: tuple[tuple[str, tuple[str, ...]], ...]
    name: str = ""
    format: str = USUAL_FORMAT
    options: PrintOptions = field(default_factory=PrintOptions)
    audience: str = ""

    def plan(self, library: Library) -> Planned:
        """Plan the print: that of the pack of the settings if nothing was changed, else one of its own.

        Raises UnknownNameError or EmptySelectionError if the library has changed.
        """
        request = Request(
            practices=(self.practice,),
            formats=(self.format,),
            languages=(self.language,),
            options=self.options,
            audience=self.audience,
        )
        items = [PackItem(handout=handout, sections=sections) for handout, sections in self.items]
        chosen = Planned(*plan_pack_of_patient(library, items, request))
        named = self._plan_named(library, request)
        return named if named and _list_items(named) == _list_items(chosen) else chosen

    def _plan_named(self, library: Library, request: Request) -> Planned | None:
        pack = library.settings.packs.get(self.name)
        if pack is None or pack.audience != (self.audience or None):
            return None
        try:
            planned = plan(library, replace(request, packs=(self.name,)))
        except ChoiceError:  # it is for other practices, or has no title in this language
            return None
        return next(iter(planned), None)


def _list_items(planned: Planned) -> list[tuple[str, tuple[str, ...]]]:
    sources = planned.selection.sources
    return [(source.handout.id, tuple(section.id for section in source.sections)) for source in sources]
