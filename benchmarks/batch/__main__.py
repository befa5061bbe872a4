"""Batch builds in figures, each with its target beside it; what is compared is run in turn.

Run: .venv/bin/python benchmarks/batch [PART]...; without a part, all of them. It needs an idle machine, and a quarter
of an hour. `--share 0.03` tries it out with a few outputs.
"""

import argparse
import os
import tempfile
import time
from importlib import import_module
from pathlib import Path

from figures import Size, machine

_PARTS = {
    "weasyprint": "weasyprint_loop",
    "typst": "typst_warm",
    "layers": "layers",
    "practices": "many_practices",
    "workers": "two_workers",
    "unchanged": "up_to_date",
    "memory": "one_worker",
    "planning": "planning",
}


def main() -> None:
    """Measure and print."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages are compiled, so a checkout shall be too
    parser = argparse.ArgumentParser(prog="benchmarks/batch", description="Batch builds in figures.")
    parser.add_argument("parts", metavar="PART", nargs="*", help=f"{', '.join(_PARTS)}; all unless named")
    parser.add_argument("--sample", type=int, default=30, help="PDFs of the weasyprint loop (default: 30)")
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts, to try it out (default: 1)")
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in _PARTS]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(_PARTS)}")
    size = Size(arguments.share, max(1, arguments.sample))
    load = os.getloadavg()[0]
    begun = time.monotonic()
    for part in arguments.parts or _PARTS:
        print(part, flush=True)
        with tempfile.TemporaryDirectory(prefix=f"benchmark-{part}-") as folder:
            for figure in import_module(_PARTS[part]).measure(size, Path(folder).resolve()):
                print(figure, flush=True)
    print(f"{machine()}; load {load:.1f} at the start; {time.monotonic() - begun:.0f} s in all")
    if size.share != 1:
        print(f"These are {size.share:g} of the full counts: the targets are for all of them.")


if __name__ == "__main__":
    main()
