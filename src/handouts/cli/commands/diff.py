"""`handouts diff`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.context import open_project
from handouts.cli.options.completion import complete_languages
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import relative_to_current_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.review.changes import Comparison
    from handouts.review.page_pictures import PagePair


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "-l",
    "--language",
    metavar="LANG",
    shell_complete=complete_languages,
    help="The language. Default: that of the project.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path("changes.html"),
    help="Where to write the page. Default: changes.html in the current folder.",
)
def diff(old: str, new: str, language: str | None, output: Path) -> None:
    """Show what changed between two versions of a handout, as a web page for staff.

    OLD and NEW are each the id of a handout, REV:ID (such as HEAD:ID or v1.0:ID) for a version in git, or a Markdown
    file; or both are PDF files. The page shows what was added and removed, section by section, all changed numbers
    first; of PDF files also the pages that look different, side by side.
    """
    project = open_project()
    from handouts.problems.command_rules import NOT_CREATED
    from handouts.read.context import read_context
    from handouts.review.changes import compare_versions
    from handouts.review.changes_page import write_changes_page
    from handouts.review.page_pictures import find_differing_pages, read_pdf_version
    from handouts.review.rules import NO_VERSION
    from handouts.review.versions import NoVersionError, read_version
    from handouts.system.write import write_whole

    are_pdf = [name.lower().endswith(".pdf") for name in (old, new)]
    if any(are_pdf) and not all(are_pdf):
        raise click.UsageError("a PDF file can only be compared with another PDF file")
    chosen = language or read_context(project).usual_settings.language
    name, pages = old, None
    try:
        if all(are_pdf):
            first = read_pdf_version(Path(old))
            name = new
            second = read_pdf_version(Path(new))
            texts, pages = (first.text, second.text), [*find_differing_pages(first, second)]
        else:
            before = read_version(project, old, chosen)
            name = new
            texts = before, read_version(project, new, chosen)
    except NoVersionError as refused:
        print_problems(refused.problems, project.root)
        exit_with_error(NO_VERSION.at(None, version=name, reason=refused))
    comparison = compare_versions(*texts)
    page = write_changes_page(texts[1].title, (old, new), comparison, pages)
    try:
        write_whole(output.resolve(), page)
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file=str(output), reason=refused.strerror))
    click.echo(relative_to_current_folder(output.resolve()))
    click.echo(_summarize(comparison, pages))


def _summarize(comparison: "Comparison", pages: "Sequence[PagePair] | None") -> str:
    counts = {kind: sum(one.kind == kind for one in comparison.chapters) for kind in ("changed", "added", "removed")}
    numbers = sum(change.has_numbers for one in comparison.chapters if one.kind == "changed" for change in one.changes)
    parts = [
        f"sections: {', '.join(f'{count} {kind}' for kind, count in counts.items())}",
        f"changed numbers: {numbers}",
    ]
    if pages is not None:
        parts.append(f"pages that look different: {len(pages)}")
    return "; ".join(parts)
