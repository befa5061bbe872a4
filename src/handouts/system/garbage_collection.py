"""How often Python looks for garbage."""

import gc


def collect_garbage_rarely() -> None:
    """Have Python look for garbage every 200,000 new objects instead of every 700.

    Imports and pages make very many objects that stay: looking through them takes a tenth of the time and finds
    nothing.
    """
    gc.set_threshold(200_000)
