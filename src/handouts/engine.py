"""Engine: the versions of all that decides on the bytes of an output."""

import hashlib
import sys
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

# Each of them writes something of an output; what only reads or checks is told by what it reads.
_LIBRARIES: Final = (
    "handouts",
    "weasyprint",
    "pydyf",
    "cssselect2",
    "fonttools",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "nh3",
    "pillow",
    "pyphen",
    "segno",
    "tinycss2",
    "tinyhtml5",
)


def engine_versions() -> dict[str, str]:
    """Give the versions of what decides how a page looks, and a digest of this tool's own code."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return {
        **{name: version(name) for name in _LIBRARIES},
        "python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,  # what is compressed differs from one to another
        "code": code.hexdigest()[:12],
    }
