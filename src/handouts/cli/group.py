"""The `handouts` command, with all commands below it."""

import click

from handouts import __version__
from handouts.cli.commands.approve import approve
from handouts.cli.commands.build import build
from handouts.cli.commands.check import check
from handouts.cli.commands.diff import diff
from handouts.cli.commands.doctor import doctor
from handouts.cli.commands.dossier import dossier
from handouts.cli.commands.eject import eject
from handouts.cli.commands.export import export
from handouts.cli.commands.import_ import import_
from handouts.cli.commands.init import init, new
from handouts.cli.commands.list import list_
from handouts.cli.commands.manifest import manifest
from handouts.cli.commands.print import print_
from handouts.cli.commands.publish import publish
from handouts.cli.commands.schema import schema
from handouts.cli.commands.serve import serve
from handouts.cli.commands.translate import translate
from handouts.cli.commands.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="handouts")
def handouts() -> None:
    """Branded patient handouts from Markdown, with numbered references, as accessible PDFs."""


for command in (
    init,
    new,
    import_,
    translate,
    export,
    diff,
    eject,
    list_,
    check,
    build,
    print_,
    serve,
    publish,
    verify,
    approve,
    dossier,
    manifest,
    schema,
    doctor,
):
    handouts.add_command(command)
