"""`handouts translate`."""

from pathlib import Path
from typing import get_args

import click

from handouts.cli.context import open_project
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import print_message, relative_to_current_folder
from handouts.problems.collector import Problems

_FORMATS = ("xliff", "po")


@click.group()
def translate() -> None:
    """Have handouts translated, and see what is out of date."""


@translate.command("export")
@click.argument("language", metavar="LANG")
@click.argument("handouts", metavar="[HANDOUT]...", nargs=-1)
@click.option("--format", "file_format", type=click.Choice(_FORMATS), default="xliff", help="XLIFF 2.0, or PO.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(), help="A folder. Default: the current one."
)
def export_(language: str, handouts: tuple[str, ...], file_format: str, output: Path) -> None:
    """Write handouts to files for translators into LANG.

    Editors such as OmegaT, Weblate and Poedit open the files. Each has the texts of one handout, with what is
    translated already; what has changed since is marked. Citations, fields, blanks, links and numbers are protected.
    """
    project = open_project()
    from handouts.language.tags import is_language_tag
    from handouts.problems.command_rules import NOT_CREATED
    from handouts.read.project import read_project
    from handouts.system.write import write_whole
    from handouts.translating.exchange import FileFormat, export_handout, name_file

    if not is_language_tag(language):
        raise click.BadParameter(f'invalid language tag "{language}"', param_hint="LANG")
    chosen: FileFormat = next(name for name in get_args(FileFormat) if name == file_format)
    problems = Problems()
    library = read_project(project).library
    source_language = library.settings.language if library else "en"
    if language == source_language:
        raise click.BadParameter(f'the handouts are written in "{language}"', param_hint="LANG")
    originals = [one.id for one in library.handouts if one.language == source_language] if library else []
    unknown = sorted(set(handouts) - set(originals))
    if unknown:
        raise click.BadParameter(f'no handout "{unknown[0]}" in "{source_language}"', param_hint="HANDOUT")
    for handout in handouts or originals:
        text = export_handout(project, handout, source_language, language, chosen, problems)
        path = output / name_file(handout, language, chosen)
        if text is not None:
            try:
                write_whole(path, text.encode())
            except OSError as refused:
                exit_with_error(NOT_CREATED.at(None, file=refused.filename, reason=refused.strerror))
            click.echo(relative_to_current_folder(path.absolute()))
    print_problems(problems, project.root)
    if problems.has_errors:
        raise click.exceptions.Exit(1)


@translate.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--method", type=click.Choice(["human", "machine"]), required=True, help="Who or what translated it.")
@click.option("--translator", metavar="ROLE", help="The role or body that translated it.")
@click.option("--reviewed-by", metavar="ROLE", help="The qualified translator who compared it with the original.")
def import_(files: tuple[Path, ...], method: str, translator: str | None, reviewed_by: str | None) -> None:
    """Write the translations in translators' files to content/handouts/.

    A file is imported whole or not at all: each text has to be translated, with the citations, fields and numbers of
    the original. Without --reviewed-by, a machine translation has a banner on every page, and a release refuses it.
    """
    project = open_project()
    from handouts.problems.command_rules import NOT_CREATED
    from handouts.schema.translation import Translation
    from handouts.system.regular_file import read_regular_file
    from handouts.translating.exchange import import_translation
    from handouts.translating.rules import UNREADABLE_TRANSLATION

    state = Translation.model_validate({"method": method, "translator": translator, "reviewed_by": reviewed_by})
    problems = Problems()
    for file in files:
        try:
            text = read_regular_file(file).decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.add(UNREADABLE_TRANSLATION.at(None, reason=f"{file.name} is not in UTF-8"))
            continue
        imported = import_translation(project, text, str(file), state, problems)
        if imported:
            try:
                imported.write()
            except OSError as refused:
                exit_with_error(NOT_CREATED.at(None, file=refused.filename, reason=refused.strerror))
            click.echo(relative_to_current_folder(imported.path))
    print_problems(problems, project.root)
    if problems.has_errors:
        raise click.exceptions.Exit(1)


@translate.command()
@click.argument("languages", metavar="[LANG]...", nargs=-1)
def status(languages: tuple[str, ...]) -> None:
    """Show what is translated, reviewed and out of date.

    One line for each handout and language, with the numbers of its texts. Exits with 1 if something is out of date.
    """
    project = open_project()
    from handouts.read.project import read_project
    from handouts.translating.status import count_units

    reading = read_project(project)
    problems = Problems(problem for problem in reading.problems if problem.severity.name == "ERROR")
    rows = (
        [row for row in count_units(project, reading.library, problems) if not languages or row.language in languages]
        if reading.library
        else []
    )
    if rows:
        click.echo("handout\tlanguage\ttexts\ttranslated\treviewed\tout of date\tnot translated")
    for row in rows:
        click.echo("\t".join(map(str, row)))
    print_problems(problems, project.root)
    out_of_date = sum(row.stale + row.missing for row in rows)
    print_message(f"{out_of_date} texts are out of date or not translated")
    if out_of_date or problems.has_errors:
        raise click.exceptions.Exit(1)
