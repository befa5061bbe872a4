"""`handouts import`."""

from pathlib import Path

import click

from handouts.cli.context import open_project
from handouts.cli.options.values import parse_id
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import print_message, relative_to_current_folder, replace_control_characters
from handouts.problems.collector import Problems


@click.group("import")
def import_() -> None:
    """Import references and documents from elsewhere."""


@import_.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be added; change nothing.")
def references(files: tuple[Path, ...], *, dry_run: bool) -> None:
    """Add references to content/references.yaml.

    The files are exports as RIS, BibTeX, NBIB (PubMed) or CSL JSON, from Zotero, EndNote, Mendeley, PubMed, Embase and
    others. Sources that are listed already, or were retracted, are left out and named. What is in references.yaml
    stays as it is, with its comments and its order; new entries follow at the end. Exits with 1 if a reference has
    errors; the others are added.
    """
    project = open_project()
    from handouts.ama.entry import format_reference, to_plain_text
    from handouts.importing.merge import merge_records
    from handouts.importing.read_records import read_records
    from handouts.problems.command_rules import NOT_CREATED

    problems = Problems()
    records = [record for file in files for record in read_records(file, str(file), problems)]
    merged = merge_records(project, records, problems)
    if merged and merged.added and not dry_run:
        try:
            merged.write()
        except OSError as refused:
            print_problems(problems, project.root)
            exit_with_error(NOT_CREATED.at(None, file=refused.filename, reason=refused.strerror))
    print_problems(problems, project.root)
    for reference in merged.added if merged else ():
        click.echo(f"{reference.id}\t{to_plain_text(format_reference(reference))}")
    count = len(merged.added) if merged else 0
    print_message(f"{count} of {len(records)} {'would be' if dry_run else 'were'} added to content/references.yaml")
    if problems.has_errors:
        raise click.exceptions.Exit(1)


@import_.command("handout")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--id", "identifier", metavar="ID", callback=parse_id, help="The id. Default: from the name of FILE.")
@click.option(
    "--missing",
    metavar="N",
    multiple=True,
    type=click.IntRange(1),
    help="The number of a cited source that is missing from a list without numbers. May be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Show the report; change nothing.")
def import_document(file: Path, identifier: str | None, missing: tuple[int, ...], *, dry_run: bool) -> None:
    """Make a draft of a handout from a document.

    FILE is a Word document (.docx), a web page (.html), Markdown, plain text, or a PDF file, of which only the text is
    read. Headings become sections, numbers that cite become citations, and the list of sources goes to
    content/references.yaml. The report says what was found, what was left out, and what is left to do.
    """
    project = open_project()
    from handouts.importing.documents import read_document
    from handouts.importing.draft import make_id
    from handouts.importing.import_handout import import_handout
    from handouts.problems.command_rules import ALREADY_THERE, NOT_CREATED
    from handouts.read.project import read_project
    from handouts.schema.settings import PictureLimits

    library = read_project(project).library
    language = library.settings.language if library else "en"
    name = identifier or make_id(file.stem, set())
    target = project.content / "handouts" / name / f"{language}.md"
    if target.parent.exists():
        exit_with_error(ALREADY_THERE.at(None, subject=f'handout "{name}"'))
    problems = Problems()
    document = read_document(file, library.settings.pictures if library else PictureLimits(), problems)
    if document is None:
        print_problems(problems, project.root)
        raise click.exceptions.Exit(1)
    profiles = [practice.profile for practice in library.practices.values()] if library else []
    imported = import_handout(project, profiles, file, target, document, problems, missing=missing)
    print_problems(problems, project.root)
    if not dry_run:
        try:
            imported.write()
        except OSError as refused:
            exit_with_error(NOT_CREATED.at(None, file=refused.filename, reason=refused.strerror))
        click.echo(relative_to_current_folder(target))
    for line in imported.report:
        click.echo(replace_control_characters(line))
