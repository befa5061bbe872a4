"""Plain text: a composed document as the words alone, for messages that know no markup."""

from io import StringIO

from tinyhtml5 import parse

from handouts.model.document import Composed
from handouts.problems.problem import Problem, error
from handouts.text.characters import squeezed
from handouts.text.walk import words_of


def plain_text(composed: Composed) -> tuple[bytes, tuple[Problem, ...]]:
    """Give the words of a document in UTF-8, an error for each required text that is not among them."""
    # A file, since a short string could be taken for the name of one.
    text = words_of(parse(StringIO(composed.html), namespace_html_elements=False))
    present = squeezed(text)
    missing = dict.fromkeys(piece.what for piece in composed.required if squeezed(piece.text) not in present)
    hint = "safety information, disclaimer, status and contact are always given: mend the template"
    problems = tuple(error("left-out", f"{what} is not in the text", None, hint) for what in missing)
    return text.encode(), problems
