"""Keep pictures to what PDF/A allows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf


def forbid_interpolation(pdf: "pydyf.PDF") -> None:
    """Let no picture ask to be smoothed when it is enlarged, as WeasyPrint lets all ask (ISO 19005-2, 6.2.8)."""
    for entry in pdf.objects:
        if "Interpolate" in getattr(entry, "extra", ()):
            entry.extra["Interpolate"] = "false"
