"""The command line: a thin face over the stages."""

import contextlib
import signal
import sys
from types import FrameType
from typing import NoReturn


def main() -> None:
    """Run the command line; Ctrl-C and what the system refuses end it with one line."""
    interrupted = False

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have said to ignore it
        signal.signal(signal.SIGINT, interrupt)
    # CI services and service managers end a command so.
    signal.signal(signal.SIGTERM, interrupt)
    try:
        # Imported here, for worker processes import this module too and need none of it.
        from handouts.system.garbage_collection import collect_garbage_rarely

        collect_garbage_rarely()
        from handouts.cli.group import handouts

        handouts()
    except (KeyboardInterrupt, Exception) as ended:
        # In the middle of an import, Ctrl-C comes out as an error of what was imported.
        if interrupted:
            sys.stderr.write("Aborted!\n")
        elif isinstance(ended, OSError):
            _tell(ended)
        else:
            raise
        sys.exit(1)


def _tell(refused: OSError) -> None:
    from handouts.cli.output.problems import say

    # What stdout did not take cannot go anywhere: without this, Python would try again at its end.
    with contextlib.suppress(OSError):
        sys.stdout.close()
    file = f": {refused.filename}" if refused.filename else ""
    with contextlib.suppress(OSError):
        say(f"error[refused]: {refused.strerror or refused}{file}")
