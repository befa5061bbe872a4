"""One handout for a thousand practices with two workers: made for the first time, and with what is kept of that."""

import resource
from collections.abc import Iterator
from pathlib import Path

from composing import WHOLE
from figures import Figure, Size, at_most, untargeted
from generated import HANDOUT, build, generate

_PRACTICES = 1_000
_AT_MOST = 12  # seconds
_CHANGED = ("How do doctors check for a spinal fracture?", "How do doctors find a spinal fracture?")


def measure(size: Size, folder: Path) -> Iterator[Figure]:
    """Measure wall time, and processor time of all processes, which depends less on other work of the machine."""
    count = size.of(_PRACTICES, 10)
    root, kept = generate(folder / "project", count).resolve(), folder.resolve() / "kept"
    arguments = (*WHOLE.arguments, HANDOUT.name, "-l", "en", "-j", "2", "--force")
    for what in (
        "for the first time",
        "again, with bodies and slots kept",
        "after a change of the text, with slots kept",
    ):
        if "change" in what:
            _change(root)
        before = _used()
        seconds = build(root, *arguments, kept=kept)
        yield at_most(f"{count} prints {what}", seconds, _AT_MOST, "s")
        yield untargeted("  processor time a print", 1000 * (_used() - before) / count, "ms")


def _change(root: Path) -> None:
    path = root / "content" / "handouts" / HANDOUT.name / "en.md"
    text = path.read_text(encoding="utf-8")
    changed = text.replace(*_CHANGED)
    if changed == text:
        raise SystemExit(f"the handout has no {_CHANGED[0]!r}")
    path.write_text(changed, encoding="utf-8")


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
