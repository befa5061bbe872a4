"""Formats laws, regulations, bills, court cases and patents (AMA Manual of Style 11th ed., 3.13 and 3.16)."""

from handouts.ama.dates import format_date, format_year
from handouts.ama.names import format_names
from handouts.ama.numbers import format_pages
from handouts.ama.styled_text import Part, Run, join_parts, parse_text
from handouts.schema.reference import Reference


def format_law(reference: Reference) -> Part:
    """Return a law, regulation, bill or case as one sentence.

    As "Example Act of 2000, Pub L No. 100-1, 100 Stat 10 (2000)", "Doe v Roe, 1 Ex2d 2 (Ex Cir 1972)".
    """
    section = f"\N{SECTION SIGN}{reference.section}" if reference.section else None
    reporter = [reference.volume, reference.container_title_short or reference.container_title]
    cited = [*reporter, section or format_pages(reference.page) or None]
    is_case = reference.type == "legal_case"
    parts = [
        parse_text(reference.title, italic=is_case),
        parse_text(reference.number),
        parse_text(" ".join(part for part in cited if part)),
        parse_text(None if is_case else reference.authority),
    ]
    when = " ".join(part for part in (reference.authority if is_case else None, format_year(reference.issued)) if part)
    law = join_parts(parts, ", ")
    return (*law, Run(f" ({when})")) if when else law


def format_inventors(reference: Reference) -> Part:
    """Return who a patent belongs to, as "Doe J, Roe A, inventors; Example Inc, assignee"."""
    names = format_names(reference.author)
    inventors = f"{names}, {'inventors' if len(reference.author) > 1 else 'inventor'}" if names else ""
    assignee = f"{reference.publisher}, assignee" if reference.publisher else ""
    return parse_text("; ".join(part for part in (inventors, assignee) if part))


def format_patent(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of a patent, one a sentence."""
    number = " ".join(part for part in (reference.authority, reference.genre, reference.number) if part)
    return [parse_text(number), parse_text(format_date(reference.issued))]
