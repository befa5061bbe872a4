"""Options on how many outputs are made at once, and for how long at most, shared by the commands that make many."""

import click

at_most_at_once = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Number of outputs made in parallel. Default: one per processor."
)
time_limited = click.option(
    "--timeout",
    type=click.IntRange(min=1),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="Longest time for one output. An output that takes longer fails.",
)
