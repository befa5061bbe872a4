"""`handouts manifest`."""

from pathlib import Path

import click

from handouts.cli.output.problems import say, show_problems

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def manifest() -> None:
    """Work with the manifests of output folders."""


@manifest.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...", type=_FOLDER)
@click.option("-o", "--output", required=True, metavar="FOLDER", type=_FOLDER)
def merge(folders: tuple[Path, ...], output: Path) -> None:
    """Put the output folders of several builds into one, with one manifest: the shards of a CI matrix, for example.

    Every file is compared with its manifest. If a folder or a file is not as it should be, nothing is copied. Outputs
    that failed in a folder are named, and the exit code is 1.
    """
    from handouts.build.manifest.merge import merge as merge_folders
    from handouts.problems.problem import has_errors

    merged = merge_folders(folders, output)
    show_problems(merged.problems)
    if merged.outputs is not None:
        say(f"{merged.outputs} outputs of {len(folders)} folders are in {output}")
    if has_errors(merged.problems):
        raise click.exceptions.Exit(1)
