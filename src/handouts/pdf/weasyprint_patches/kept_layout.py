"""What the layouts of one document with the same CSS have in common; each begins with what earlier ones found."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class KeptLayout:
    """Computed styles and lines that were laid out; the patches know their keys and values."""

    styles: dict[Any, Any] = field(default_factory=dict)
    lines: dict[Any, Any] = field(default_factory=dict)
