"""The command line: a thin face over the stages."""

import contextlib
import sys

from handouts.typeset import rarely_collect_garbage


def main() -> None:
    """Run the command line; what the system refuses ends it with one line."""
    rarely_collect_garbage()
    try:
        # Imported here, for worker processes import this module too and need none of it.
        from handouts.cli.commands import handouts

        handouts()
    except KeyboardInterrupt:  # before click, which sees to the others
        sys.exit(1)
    except OSError as refused:
        _tell(refused)
        sys.exit(1)


def _tell(refused: OSError) -> None:
    from handouts.cli.show import say

    # What stdout did not take cannot go anywhere: without this, Python would try again at its end.
    with contextlib.suppress(OSError):
        sys.stdout.close()
    file = f": {refused.filename}" if refused.filename else ""
    with contextlib.suppress(OSError):
        say(f"error[refused]: {refused.strerror or refused}{file}")
