"""Branded patient handouts from Markdown, with numbered references, as accessible PDFs.

Other programs use the names in `__all__`; docs/python.md shows how. Everything else may change in any release.
"""

from handouts.api.open_project import BrokenProjectError, NoProjectError, OpenProject, open_project
from handouts.model.print_options import PrintOptions
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place, Problem, Severity

__all__ = [
    "BrokenProjectError",
    "HandoutsError",
    "NoProjectError",
    "OpenProject",
    "Place",
    "PrintOptions",
    "Problem",
    "Severity",
    "__version__",
    "open_project",
]

__version__ = "0.1.0"
