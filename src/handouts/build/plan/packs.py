"""Plans packs: which languages, practices and formats each is made in, and its handouts as one selection."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from handouts.build.plan.output import make_file_name
from handouts.build.plan.request import Request, check_known, filter_names, make_edition
from handouts.model.conditions import list_audiences
from handouts.model.edition import USUAL_FORMAT, Edition, Format, list_pack_formats
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.bind import Cover, bind
from handouts.numbering.select import EmptySelectionError, Selection, UnknownNameError, select
from handouts.numbering.tailor import tailor
from handouts.read.packs import OF_ONE_PATIENT
from handouts.schema.settings import Pack, PackItem

PlannedPack = tuple[Selection, Practice, Edition, str]


def plan_packs(library: Library, request: Request) -> Iterator[PlannedPack]:
    """Yield selection, practice, edition and file name of each pack of a request that can be read.

    Raises UnknownNameError for a name that the project or a pack does not have, EmptySelectionError for a pack of
    which nothing is printed.
    """
    for name, pack in choose_packs(library, request).items():
        for practice_id in list_pack_practices(library.practices, name, pack, request):
            practice = library.practices[practice_id]
            for language in list_pack_languages(library, name, pack, request):
                handouts = find_pack_handouts(library, pack.handouts, language)
                if any((item.handout, language) in library.broken_handouts for item in pack.handouts):
                    continue
                speaking = practice.in_language(language)
                cover = Cover(name, find_title(library, pack, language))
                audience = request.audience or pack.audience or ""
                selection = bind_pack(cover, handouts, pack.handouts, practice.id, audience)
                for edition, file_name in make_pack_prints(library, selection, practice, request):
                    yield selection, speaking, edition, file_name


def plan_pack_of_patient(library: Library, items: Sequence[PackItem], request: Request) -> PlannedPack:
    """Return a pack that was put together for one patient, which has no title of its own.

    The request names one practice, one language and one format. Raises as `plan_packs` does.
    """
    (language,), (practice_id,), (format_name,) = request.languages, request.practices, request.formats
    if practice_id not in library.practices:
        raise UnknownNameError("practice", practice_id, library.practices)
    practice = library.practices[practice_id]
    handouts = find_pack_handouts(library, items, language)
    for item in items:
        if item.handout not in handouts:
            raise UnknownNameError("handout", item.handout, handouts)
    selection = bind_pack(Cover(OF_ONE_PATIENT, ""), handouts, items, practice_id, request.audience)
    ((edition, file_name),) = make_pack_prints(library, selection, practice, replace(request, formats=(format_name,)))
    return selection, practice.in_language(language), edition, file_name


def choose_packs(library: Library, request: Request) -> dict[str, Pack]:
    """Return the packs of a request, by name, without those for another audience than it has.

    Raises UnknownNameError for a pattern that matches none, EmptySelectionError if a pack that was requested by its
    name is for another audience.
    """
    packs = library.settings.packs
    check_known("pack", request.packs, packs)
    chosen: dict[str, Pack] = {}
    for name in filter_names(packs, request.packs):
        audience = packs[name].audience
        if not request.audience or audience in {None, request.audience}:
            chosen[name] = packs[name]
        elif name in request.packs:
            raise EmptySelectionError(f'the pack "{name}" is for another audience: {audience}')
    return chosen


def list_pack_practices(known: Iterable[str], name: str, pack: Pack, request: Request) -> list[str]:
    """Return the practices of a request that a pack is for.

    Raises EmptySelectionError if a pack that was requested by its name is for none of them.
    """
    requested = filter_names(known, request.practices, request.no_practices)
    practices = filter_names(requested, pack.practices)
    if requested and not practices and name in request.packs:
        raise EmptySelectionError(f'the pack "{name}" is for other practices: {", ".join(pack.practices)}')
    return practices


def list_pack_languages(library: Library, name: str, pack: Pack, request: Request) -> list[str]:
    """Return the languages of a request that a pack has a title and all handouts in, with those that have errors.

    Raises UnknownNameError for a language that was requested and is not among them, EmptySelectionError if there is
    none; a pack that was requested by a pattern is left out then.
    """
    shared = list_shared_languages(library, [item.handout for item in pack.handouts])
    titled = [language for language in shared if find_title(library, pack, language)]
    if name not in request.packs:
        return [language for language in titled if not request.languages or language in request.languages]
    if not titled:
        lacking = f"no title in: {', '.join(shared)}" if shared else "no language that all of its handouts have"
        raise EmptySelectionError(f'the pack "{name}" has {lacking}')
    for language in request.languages:
        if language not in titled:
            missing = "title" if language in shared else "handout for each of its items"
            unknown = UnknownNameError("language", language, titled)
            unknown.args = (f'the pack "{name}" has no {missing} in "{language}"',)
            unknown.hint = f"it can be made in: {', '.join(titled)}"
            raise unknown
    return [language for language in titled if not request.languages or language in request.languages]


def list_shared_languages(library: Library, handouts: Collection[str]) -> list[str]:
    """Return the languages that all of these handouts are written in, readable or not."""
    written = {*((one.id, one.language) for one in library.handouts), *library.broken_handouts}
    languages = sorted({language for _, language in written})
    return [language for language in languages if all((name, language) in written for name in handouts)]


def find_title(library: Library, pack: Pack, language: str) -> str:
    """Return the title of a pack in a language; "" if it has none."""
    return pack.titles.get(language, pack.title if language == library.settings.language else "")


def find_pack_handouts(library: Library, items: Sequence[PackItem], language: str) -> dict[str, Handout]:
    """Return the handouts of a pack in a language by id, without those that cannot be read."""
    named = {item.handout for item in items}
    return {one.id: one for one in library.handouts if one.id in named and one.language == language}


def bind_pack(
    cover: Cover, handouts: dict[str, Handout], items: Sequence[PackItem], practice: str, audience: str
) -> Selection:
    """Return the handouts of a pack for a practice and an audience as one selection.

    A handout that is named twice is printed once, with the sections of both. Raises UnknownNameError for a section
    that a handout does not have, EmptySelectionError if nothing of a handout is left for the practice.
    """
    chosen: dict[str, list[str]] = {}
    for item in items:
        handout = handouts[item.handout]
        usual = [handout.front.default] if handout.front.default else [one.id for one in handout.sections]
        chosen.setdefault(handout.id, []).extend(item.sections or usual)
    sources = []
    for name, sections in chosen.items():
        own_audience = audience if audience in list_audiences(handouts[name]) else ""
        select(handouts[name], sections)  # an unknown section is a mistake, one for other practices is not
        tailored = tailor(handouts[name], practice, own_audience)
        printed = {section.id for section in select(handouts[name], sections).sections}
        left = [section.id for section in tailored.sections if section.id in printed]
        if not left:
            raise EmptySelectionError(f"no section of {name} is left to print for {practice}")
        sources.append(replace(select(tailored, left), audience=own_audience))
    return bind(cover, sources)


def make_pack_prints(
    library: Library, selection: Selection, practice: Practice, request: Request
) -> Iterator[tuple[Edition, str]]:
    """Yield each edition of a request with the file name of a pack. Raises UnknownNameError for other formats."""
    usual = practice.profile.paper or library.settings.paper
    for chosen_format in choose_pack_formats(library, selection, request.formats or (USUAL_FORMAT,)):
        edition = make_edition(chosen_format, request, usual)
        yield edition, make_file_name(selection, edition, usual)


def choose_pack_formats(library: Library, selection: Selection, names: Iterable[str]) -> list[Format]:
    """Return formats of a pack by name. Raises UnknownNameError for one that it is not offered in."""
    offered = list_pack_formats([source.handout for source in selection.sources], library.settings)
    for name in names:
        if name not in offered:
            not_offered = UnknownNameError("format", name, offered)
            not_offered.args = (f'the pack "{selection.handout.id}" is not offered in the format "{name}"',)
            not_offered.hint = f"it is offered in: {', '.join(offered)}"
            raise not_offered
    return [offered[name] for name in names]
