"""A reference as the AMA Manual of Style (11th ed.) prints it."""

from urllib.parse import quote

from handouts.ama.kinds import body, date, title
from handouts.ama.names import editors, people
from handouts.ama.runs import Part, Run, marked, plain, sentence, spaced
from handouts.schema.reference import Reference

__all__ = ["Run", "ama_entry", "plain"]

_MISSING = "Source to be confirmed: the document this handout draws on cites it but does not list it."


def ama_entry(reference: Reference) -> tuple[Run, ...]:
    """Give the entry of a reference list, without its number (AMA Manual of Style 11th ed., 3.4-3.15)."""
    if reference.status == "missing":
        return (Run(_MISSING),)
    by = people(reference.author) or editors(reference.editor)
    parts = [marked(by), title(reference), *body(reference), *_seen(reference)]
    return spaced([*(sentence(part) for part in parts), _address(reference)])


def _seen(reference: Reference) -> list[Part]:
    """Say when a page was changed and read (AMA Manual of Style 11th ed., 3.15); what has a DOI does not change."""
    dates = {"Updated": reference.updated, "Accessed": None if reference.doi else reference.accessed}
    return [marked(f"{what} {date(day)}") for what, day in dates.items() if day]


def _address(reference: Reference) -> Part:
    if reference.doi:
        return (Run(f"doi:{reference.doi}", url=f"https://doi.org/{quote(reference.doi, safe='/:;()')}"),)
    return (Run(reference.url, url=reference.url),) if reference.url else ()
