"""`handouts export`."""

from pathlib import Path

import click

from handouts.cli.context import open_project, read_library
from handouts.cli.options.completion import complete_handouts, complete_languages, complete_practices
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import relative_to_current_folder


@click.command()
@click.argument("handout", metavar="HANDOUT", shell_complete=complete_handouts)
@click.option("--to", "form", required=True, type=click.Choice(["docx", "md"]), help="Word document, or Markdown.")
@click.option(
    "-l",
    "--language",
    metavar="LANG",
    shell_complete=complete_languages,
    help="The language. Default: that of the project.",
)
@click.option(
    "-p",
    "--practice",
    metavar="ID",
    shell_complete=complete_practices,
    help="Fill in the fields for a practice, and add its inserts. Without it, fields stay in braces.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write it. Default: HANDOUT.LANG.docx or .md in the current folder.",
)
def export(handout: str, form: str, language: str | None, practice: str | None, output: Path | None) -> None:
    """Write a handout as a document for reviewers, who comment in Word.

    The document has all of the text, with the ids of its sections, numbered references and descriptions of pictures.
    It is not for patients. A file that exists, and may have comments, is never overwritten.
    """
    project = open_project()
    from handouts.build.plan.request import check_exists
    from handouts.cli.options.prints import wrong_choice_refused
    from handouts.problems.command_rules import ALREADY_THERE, NOT_CREATED
    from handouts.problems.problem import select_errors
    from handouts.review.chapters import make_review_text
    from handouts.review.markdown_file import write_markdown_file
    from handouts.review.rules import NO_WORD_WRITER
    from handouts.review.word_file import NoWordWriterError, write_word_file
    from handouts.system.write import write_whole

    library, _ = read_library(project)
    key = handout, language or library.settings.language
    broken = (*library.broken_handouts.get(key, ()), *library.broken_practices.get(practice or "", ()))
    if broken:
        print_problems(select_errors(broken), project.root)
        raise click.exceptions.Exit(1)
    by_key = {(one.id, one.language): one for one in library.handouts}
    with wrong_choice_refused():
        check_exists("handout", handout, {one.id for one in library.handouts})
        check_exists("language", key[1], {one.language for one in library.handouts if one.id == handout})
        if practice:
            check_exists("practice", practice, library.practices)
    chosen, brand = by_key[key], library.practices[practice] if practice else None
    path = output or Path(f"{chosen.id}.{chosen.language}.{form}")
    if path.exists():
        exit_with_error(ALREADY_THERE.at(None, subject=str(path)))
    text = make_review_text(chosen, library.references, brand)
    try:
        content = write_word_file(text, chosen.front.published) if form == "docx" else write_markdown_file(text)
        write_whole(path.resolve(), content)
    except NoWordWriterError:
        exit_with_error(NO_WORD_WRITER.at(None))
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file=str(path), reason=refused.strerror))
    click.echo(relative_to_current_folder(path.resolve()))
