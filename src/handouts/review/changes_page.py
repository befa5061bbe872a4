"""Writes what changed between two versions as one web page that needs no other file."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from handouts.review.changes import Comparison
from handouts.review.page_pictures import PagePair

_CONTEXT: Final = 120  # characters that are shown of text that did not change, before and after a change
_ELLIPSIS: Final = " \u2026 "


def write_changes_page(
    title: str, names: tuple[str, str], comparison: Comparison, pages: Sequence[PagePair] | None
) -> bytes:
    """Return a page of HTML in UTF-8; `names` are those of the versions, `pages` are None unless both are PDF files."""
    number_changes = [
        (chapter.title, change)
        for chapter in comparison.chapters
        if chapter.kind == "changed"
        for change in chapter.changes
        if change.has_numbers
    ]
    page = _load_template().render(
        title=title,
        old=names[0],
        new=names[1],
        comparison=comparison,
        number_changes=number_changes,
        pages=pages,
        shorten=_shorten,
    )
    return page.encode("utf-8")


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("changes.html.j2")


def _shorten(text: str, is_first: bool, is_last: bool) -> str:  # noqa: FBT001 - called in a template
    """Return text that did not change, without its middle if it is long and something beside it changed."""
    if is_first and is_last:
        return text
    before, after = ("" if is_first else text[:_CONTEXT]), ("" if is_last else text[-_CONTEXT:])
    kept = f"{before}{_ELLIPSIS}{after}"
    return text if len(text) <= len(kept) else kept
