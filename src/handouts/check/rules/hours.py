"""Opening hours as people write them, such as "8:00 am to 5:00 pm" or "9-17"."""

import re
from typing import Final

_TIME: Final = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?", re.IGNORECASE)
_SPAN: Final = re.compile(rf"({_TIME.pattern})\s*(?:to|until|-|\u2013)\s*({_TIME.pattern})", re.IGNORECASE)
_NOON: Final = 12
_LAST_HOUR, _LAST_MINUTE = 24, 59


def wrong_hours(hours: str) -> str:
    """Say what is wrong with hours such as "8:00 am to 5:00 pm"; nothing if they make sense or are no times."""
    for span in _SPAN.finditer(hours):
        opens, closes = _TIME.fullmatch(span[1].strip()), _TIME.fullmatch(span[5].strip())
        if opens is None or closes is None:
            continue
        for time in (opens, closes):
            if _minutes(time) is None:
                return f"there is no time {time.group().strip()}"
        first, last = _minutes(opens), _minutes(closes)
        # "9 to 5" is meant from morning to evening; with minutes or am and pm, times mean what they say.
        exact = (opens[2] and closes[2]) or (opens[3] and closes[3])
        if exact and first is not None and last is not None and last <= first:
            return "it closes before it opens"
    return ""


def _minutes(time: re.Match[str]) -> int | None:
    hour, minute, half = int(time[1]), int(time[2] or 0), (time[3] or "").lower()
    if minute > _LAST_MINUTE or hour > _LAST_HOUR or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour * 60 + minute
