"""Core dumps: prevents them, because memory can hold a patient's name."""

import sys


def forbid_core_dumps() -> None:
    """Prevent core dumps of this process; no effect on Windows, which writes none by default.

    A limit of 0 bytes prevents files. Linux ignores it where dumps go to another program, such as systemd-coredump
    (core(5), "Piping core dumps to a program"), so the process is marked as not dumpable too. Such a mark is cleared in
    programs that this process starts, and keeps other processes of the same user from reading its memory.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - not needed to start

        set_dumpable = 4  # PR_SET_DUMPABLE of linux/prctl.h
        ctypes.CDLL(None).prctl(set_dumpable, 0, 0, 0, 0)
