"""`handouts manifest`."""

from pathlib import Path

import click

from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import print_message

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def manifest() -> None:
    """Work with output folders and their manifests."""


@manifest.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...", type=_FOLDER)
@click.option("-o", "--output", required=True, metavar="FOLDER", type=_FOLDER, help="An empty or new folder.")
def merge(folders: tuple[Path, ...], output: Path) -> None:
    """Merge the output folders of several builds into one, with one manifest.

    The folders are those of the shards of a CI matrix, for example. Every file is compared with its manifest. If a
    folder is incomplete or a file was changed, nothing is copied. Outputs that failed in a shard are listed, and the
    exit code is 1.
    """
    from handouts.build.manifest.merge import merge as merge_folders
    from handouts.problems.problem import has_errors

    merged = merge_folders(folders, output)
    print_problems(merged.problems)
    if merged.outputs is not None:
        print_message(f"merged {merged.outputs} outputs of {len(folders)} folders into {output}")
    if has_errors(merged.problems):
        raise click.exceptions.Exit(1)
