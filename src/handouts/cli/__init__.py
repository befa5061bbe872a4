"""The command line: a thin face over the stages."""

from handouts.typeset import rarely_collect_garbage


def main() -> None:
    """Run the command line."""
    rarely_collect_garbage()
    # Imported here, for worker processes import this module too and need none of it.
    from handouts.cli.commands import handouts

    handouts()
