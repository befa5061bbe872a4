"""Binds selections of several handouts into one, so that a pack is numbered, composed and checked as one document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.model.library import Handout
from handouts.model.project import SETTINGS_FILE
from handouts.numbering.pack_ids import qualify_block, qualify_handout, qualify_part
from handouts.numbering.select import Member, Selection
from handouts.problems.problem import Place
from handouts.read.packs import collect_long_forms
from handouts.schema.front_matter import FrontMatter
from handouts.schema.translation import Translation

_BETWEEN_VALUES: Final = " + "


@dataclass(frozen=True, slots=True)
class Cover:
    """What a pack itself says: its id and title; what else it says is said by its handouts."""

    id: str
    title: str


def bind(cover: Cover, sources: Sequence[Selection]) -> Selection:
    """Return selections of different handouts in one language as one selection, in this order.

    Sections keep the numbers that they have in their handout. The pack is a draft if one of its handouts is, and its
    review is due when the first one is.
    """
    members = tuple(Member(source, _qualify(source)) for source in sources)
    selections = [member.selection for member in members]
    parts = tuple(part for selection in selections for part in selection.parts)
    blocks = tuple(block for selection in selections for block in selection.blocks)
    notes = {label: body for selection in selections for label, body in selection.handout.notes.items()}
    handout = Handout(
        cover.id,
        sources[0].handout.language,
        _bind_front_matter(cover.title, sources),
        parts,
        blocks,
        notes,
        Place(SETTINGS_FILE),
    )
    audience = next((source.audience for source in sources if source.audience), "")
    return Selection(handout, parts, blocks, audience, members)


def _qualify(source: Selection) -> Selection:
    """Return a selection with ids that are unique in its pack."""
    handout = source.handout.id
    return replace(
        source,
        handout=qualify_handout(source.handout),
        parts=tuple(qualify_part(handout, part) for part in source.parts),
        blocks=tuple(qualify_block(handout, block) for block in source.blocks),
    )


def _bind_front_matter(title: str, sources: Sequence[Selection]) -> FrontMatter:
    fronts = [source.handout.front for source in sources]
    entries = (entry for source in sources if source.is_whole for entry in source.handout.front.glossary)
    # Without validation: the handouts were validated, and a pack has no main message or disclaimer of its own.
    return FrontMatter.model_construct(
        title=title,
        code=_join(front.code for front in fronts),
        version=_join(front.version for front in fronts),
        published=max(front.published for front in fronts),
        review_due=min(front.review_due for front in fronts),
        status="draft" if any(front.status == "draft" for front in fronts) else "approved",
        reviewed_by="; ".join(dict.fromkeys(front.reviewed_by for front in fronts if front.reviewed_by)) or None,
        audience="",
        main_message="",
        disclaimer="",
        glossary=tuple(dict.fromkeys(entries)),
        keywords=tuple(dict.fromkeys(word for front in fronts for word in front.keywords)),
        abbreviations=_join_abbreviations(fronts),
        translation=_choose_translation(fronts),
    )


def _join(values: Iterable[str]) -> str:
    return _BETWEEN_VALUES.join(values)


def _join_abbreviations(fronts: Iterable[FrontMatter]) -> dict[str, str]:
    """Return the long forms of the abbreviations of handouts, without those that stand for different things."""
    return {short: found.pop() for short, found in collect_long_forms(fronts).items() if len(found) == 1}


def _choose_translation(fronts: Iterable[FrontMatter]) -> Translation | None:
    """Return the translation that has to be reviewed most: one by a machine, else one by a human, else any."""
    translations = [front.translation for front in fronts if front.translation]
    return min(translations, key=lambda one: (one.is_reviewed, one.method != "machine"), default=None)
