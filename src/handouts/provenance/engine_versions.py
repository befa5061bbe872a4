"""Engine: the versions of all that decides on the bytes of an output."""

import ctypes
import hashlib
import sys
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

# Each of them writes something of an output; what only reads or checks is told by what it reads.
_PACKAGES: Final = (
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
    "tinycss2",
    "tinyhtml5",
    "zxing-cpp",
)
# As WeasyPrint names them on Linux, macOS and Windows.
_PANGO: Final = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_HARFBUZZ: Final = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


def engine_versions() -> dict[str, str]:
    """Give the versions of packages and libraries by name, and under `code` a digest of this tool's own code."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        code.update(path.read_bytes())
    return {
        **{name: version(name) for name in _PACKAGES},
        "pango": _library_version(_PANGO, "pango_version_string"),
        "harfbuzz": _library_version(_HARFBUZZ, "hb_version_string"),
        "python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,  # what is compressed differs from one to another
        "code": code.hexdigest()[:12],
    }


def _library_version(names: tuple[str, ...], function: str) -> str:
    """Ask a library for its version; without WeasyPrint, which takes half a second to import."""
    for name in names:
        try:
            tell = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        tell.restype = ctypes.c_char_p
        return str(tell().decode())
    return "not found"  # typesetting will say so
