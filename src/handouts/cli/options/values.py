"""Parsers of arguments and options with special syntax, as callbacks of Click."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from handouts.build.plan.request import Shard

    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # before Click 8.2, it takes no type

_MOST_SHARDS: Final = 1000
_ADDRESS: Final = re.compile(r"tcp://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
_LAST_PORT: Final = 65535
_LONGEST_TOKEN_FILE: Final = 1_000_000  # bytes
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~-]{20,200}")  # as it is in an address


class SuggestingChoice(_Choice):
    """A choice whose error names the word that was probably meant."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return the message for a word that is none of the choices."""
        from handouts.problems.problem import did_you_mean

        message = super().get_invalid_choice_message(value, ctx)
        hint = did_you_mean(str(value), map(str, self.choices))
        return f"{message} {hint[:1].upper()}{hint[1:]}".rstrip()


def parse_id(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the id of a handout or practice, or None, unchanged. Raises click.UsageError for anything else."""
    from handouts.schema.ids import ID_HINT, is_id

    if value is not None and not is_id(value):
        raise click.UsageError(f'invalid id "{value}": {ID_HINT}', context)
    return value


def parse_shard(context: click.Context, _parameter: click.Parameter, value: str | None) -> "Shard | None":
    """Parse I/N, such as 2/5, where N is at most 1000. Raises click.UsageError for anything else."""
    if value is None:
        return None
    matched = re.fullmatch("([0-9]{1,4})/([0-9]{1,4})", value)
    number, count = (int(matched[1]), int(matched[2])) if matched else (0, 0)
    if not 1 <= number <= count <= _MOST_SHARDS:
        raise click.UsageError(
            f"invalid shard '{value}': expected I/N, such as 2/5 (N is at most {_MOST_SHARDS})", context
        )
    from handouts.build.plan.request import Shard

    return Shard(number, count)


def parse_scheduler_address(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the address of a Dask scheduler unchanged: tcp://HOST:PORT. Raises click.UsageError for anything else."""
    if value is None:
        return None
    matched = _ADDRESS.fullmatch(value)
    if matched is None or not 1 <= int(matched["port"]) <= _LAST_PORT:
        raise click.UsageError(
            f"invalid address '{value}': expected tcp://HOST:PORT, such as tcp://10.0.0.5:8786", context
        )
    return value


def read_token_file(_context: click.Context, _parameter: click.Parameter, file: Path | None) -> str:
    """Return the token in a file, "" without a file. Raises click.BadParameter, which never quotes the file."""
    if file is None:
        return ""
    from handouts.system.regular_file import read_regular_file

    try:
        token = read_regular_file(file, _LONGEST_TOKEN_FILE).decode("ascii", "replace").strip()
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read: {error.strerror}") from None
    if not _TOKEN.fullmatch(token):
        raise click.BadParameter(f"{file} must have one line of 20 to 200 letters, digits, hyphens, dots, _ or ~")
    return token
