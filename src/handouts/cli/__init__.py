"""The command line: a thin face over the stages."""


def main() -> None:
    """Run the command line."""
    # Imported here, for worker processes import this module too and need none of it.
    from handouts.cli.commands import handouts  # noqa: PLC0415

    handouts()
