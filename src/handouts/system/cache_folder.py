"""The folder of this user for what can be made anew at any time."""

from collections.abc import Mapping
from pathlib import Path


def find_cache_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of this tool in that of the XDG Base Directory Specification; it need not exist."""
    folder = Path(environment.get("XDG_CACHE_HOME", ""))
    return (folder if folder.is_absolute() else Path("~/.cache").expanduser()) / "handouts"
