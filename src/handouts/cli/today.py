"""The day as of which review dates are looked at."""

import datetime as dt
import os

import click


def today() -> dt.date:
    """Give the day: that of SOURCE_DATE_EPOCH if it is set, so that a run can be repeated later."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return dt.datetime.now().astimezone().date()
    try:
        seconds = int(epoch) if epoch.isdecimal() else -1
        if seconds >= 0:
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        pass  # more than a date can be
    raise click.UsageError(f"SOURCE_DATE_EPOCH is no number of seconds that makes a date: {epoch[:40]}")
