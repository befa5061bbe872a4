"""The option `--today`, shared by the commands that judge dates."""

import datetime as dt

import click

from handouts.cli.context import today


def _parse_day(context: click.Context, _parameter: click.Parameter, value: dt.datetime | None) -> dt.date:
    """Return the day, or today's date. Raises click.UsageError for a day in the past."""
    day = value.date() if value else today()
    if day < today():
        raise click.UsageError("--today is in the past: what has expired since would count as valid", context)
    return day


day_option = click.option(
    "--today",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=_parse_day,
    help="Judge dates as of a later day, such as the one on which the files go out. Default: today.",
)
"""Adds `--today` to a command, which receives the date as `day`.

SOURCE_DATE_EPOCH does not change it.
"""
