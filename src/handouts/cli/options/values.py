"""Values of options that have a form of their own."""

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from handouts.build.plan.request import Shard

_MOST_SHARDS = 1000
_ADDRESS = re.compile(r"tcp://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
_LAST_PORT = 65535


def shard(_context: click.Context, _option: click.Parameter, value: str | None) -> "Shard | None":
    """Read a part of a plan, such as 2/5."""
    if value is None:
        return None
    found = re.fullmatch("([0-9]{1,4})/([0-9]{1,4})", value)
    number, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= count <= _MOST_SHARDS:
        raise click.BadParameter(f"'{value}' is no part such as 2/5, the second of five (at most {_MOST_SHARDS})")
    from handouts.build.plan.request import Shard

    return Shard(number, count)


def scheduler_address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Read the address of a Dask scheduler, such as tcp://10.0.0.5:8786 or tcp://[::1]:8786."""
    if value is None:
        return None
    found = _ADDRESS.fullmatch(value)
    if found is None or not 1 <= int(found["port"]) <= _LAST_PORT:
        raise click.BadParameter(f"'{value}' is no address such as tcp://10.0.0.5:8786")
    return value
