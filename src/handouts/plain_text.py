"""Plain text: a composed document as the words alone, for messages that know no markup."""

from handouts.document import Composed
from handouts.problem import Problem


def plain_text(composed: Composed) -> tuple[bytes, tuple[Problem, ...]]:
    """Give the words of a document in UTF-8, and every problem met."""
    return composed.html.encode(), ()
