"""Versions of everything that affects the bytes of an output, and of the project that it is made from."""

import contextlib
import ctypes
import hashlib
import os
import subprocess
import sys
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

# Packages that write a part of an output. Those that only read or check affect the values that were read.
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
_GIT_TIMEOUT: Final = 10  # seconds


def uses_patches() -> bool:
    """Return whether functions of WeasyPrint are replaced by faster ones: unless HANDOUTS_PATCHES is "off"."""
    return os.environ.get("HANDOUTS_PATCHES") != "off"


def read_engine_versions() -> dict[str, str]:
    """Return the versions of packages and libraries by name, and under `code` a digest of this tool's own code."""
    return {**dict(_find_versions()), **({} if uses_patches() else {"patches": "off"})}


@cache  # of what is running, also when an upgrade replaces files meanwhile
def _find_versions() -> tuple[tuple[str, str], ...]:
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        code.update(path.read_bytes())
    return (
        *((name, version(name)) for name in _PACKAGES),
        ("pango", _read_library_version(_PANGO, "pango_version_string")),
        ("harfbuzz", _read_library_version(_HARFBUZZ, "hb_version_string")),
        ("python", ".".join(map(str, sys.version_info[:2]))),
        ("zlib", zlib.ZLIB_RUNTIME_VERSION),  # compressed bytes differ between versions
        ("code", code.hexdigest()[:12]),
    )


def list_installed() -> list[str]:
    """Return the name and version of each installed package, also of those that read, and of fonts of languages."""
    names: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):  # such as a zip file
            names.update(path.name for path in Path(folder).iterdir() if path.suffix in {".dist-info", ".egg-info"})
    return sorted(names)


def _read_library_version(names: tuple[str, ...], function: str) -> str:
    """Return the version that a library reports, without importing WeasyPrint, which takes half a second."""
    for name in names:
        try:
            version_of = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        version_of.restype = ctypes.c_char_p
        return str(version_of().decode())
    return "not found"  # layout will fail with an error


def read_git_revision(root: Path) -> str | None:
    """Return the commit that is checked out in a folder.

    None without git, or outside of a git repository of this user.
    """
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "--verify", "--quiet", "HEAD"],  # noqa: S607 - wherever git is on this machine
            cwd=root,
            capture_output=True,
            text=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None
