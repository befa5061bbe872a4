"""How a site is published."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from handouts.build.options import BuildOptions


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How a site is published: `folder` is replaced as a whole, `base_url` ends with a slash.

    `build` has the gate, the day, and how many outputs are made at once. `formats` are those of the PDFs. With `prune`,
    pages that say that a handout or practice is gone are removed. `openemr` is a folder for OpenEMR, if any.
    """

    folder: Path
    base_url: str
    formats: tuple[str, ...]
    day: dt.date
    build: BuildOptions
    prune: bool = False
    openemr: Path | None = None
