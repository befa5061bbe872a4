"""The entry point of the command line: signals, and errors of the operating system."""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

_SECONDS_TO_REPEAT = 0.05


class _Interrupt(KeyboardInterrupt):
    """Ctrl-C or SIGTERM; of its own type, because Python ends with SIGINT if exec() raises KeyboardInterrupt itself."""


def main() -> None:
    """Run the command line; Ctrl-C, SIGTERM and errors of the operating system end it with one line and code 1."""
    _open_closed_streams()
    interrupted = False

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        nonlocal interrupted
        interrupted = True
        raise _Interrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have set it to be ignored
        signal.signal(signal.SIGINT, interrupt)
    # CI services and service managers end a command with SIGTERM.
    signal.signal(signal.SIGTERM, interrupt)
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, interrupt)
        sys.unraisablehook = _repeat_interrupt
    try:
        # Imported here because worker processes import this module too and need none of it.
        from handouts.system.garbage_collection import collect_garbage_rarely

        collect_garbage_rarely()
        _check_reading_limit()
        if sys.argv[1:2] != ["serve"]:  # which has many requests at once, and limits only its workers
            _limit_memory()
        from handouts.cli.group import handouts

        handouts(prog_name="handouts")
    except (KeyboardInterrupt, Exception) as raised:
        # During an import, Ctrl-C surfaces as an error of the imported module.
        if interrupted:
            sys.stderr.write("Aborted!\n")
        elif isinstance(raised, OSError):
            _print_os_error(raised)
        elif isinstance(raised, MemoryError):
            _print_out_of_memory()
        else:
            raise
        sys.exit(1)


def _repeat_interrupt(ignored: "sys.UnraisableHookArgs") -> None:
    """Interrupt again if Python ignored it: it ignores what finalizers and callbacks raise, and each import has one."""
    if isinstance(ignored.exc_value, _Interrupt):
        signal.setitimer(signal.ITIMER_REAL, _SECONDS_TO_REPEAT)
    else:
        sys.__unraisablehook__(ignored)


def _open_closed_streams() -> None:
    """Open standard streams that the caller closed (2>&-), for nothing: a file of the project would take their place.

    Libraries write warnings to number 2, whatever it is.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - likewise


def _check_reading_limit() -> None:
    from handouts.system.time_limit import find_reading_limit

    try:
        find_reading_limit()
    except ValueError:
        sys.stderr.write("error: HANDOUTS_READING_SECONDS has to be a number of seconds\n")
        sys.exit(2)


def _limit_memory() -> None:
    from handouts.system.memory_limit import limit_memory

    try:
        limit_memory()
    except ValueError:
        sys.stderr.write("error: HANDOUTS_MEMORY has to be a number of megabytes\n")
        sys.exit(2)


def _print_out_of_memory() -> None:
    from handouts.cli.output.problems import print_problems
    from handouts.problems.command_rules import OUT_OF_MEMORY

    print_problems([OUT_OF_MEMORY.at(None)])


def _print_os_error(raised: OSError) -> None:
    from handouts.cli.output.problems import print_problems
    from handouts.problems.command_rules import REFUSED

    # If stdout failed, closing it keeps Python from writing to it again at exit.
    with contextlib.suppress(OSError):
        sys.stdout.close()
    file = f": {raised.filename}" if raised.filename else ""
    with contextlib.suppress(OSError):
        print_problems([REFUSED.at(None, reason=raised.strerror or raised, file=file)])
