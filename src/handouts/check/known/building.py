"""What can go wrong while documents are composed, made and written."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_BUILD: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"

RULES: Final = (
    Rule("bad-template", _ERROR, "a template with an error", "No page can be made with it.", _BUILD),
    Rule(
        "missing-labels",
        _ERROR,
        "no page words for a language",
        'Headings such as "Questions to ask" would be missing.',
        _BUILD,
    ),
    Rule(
        "missing-word",
        _ERROR,
        "a word of the page is missing in a language",
        "Something on the page would have no name.",
        _BUILD,
    ),
    Rule(
        "bad-placeholder",
        _ERROR,
        "a word of the page lacks its {placeholder}, or has one too many",
        "The date or number that belongs there would be missing.",
        _BUILD,
    ),
    Rule(
        "other-language",
        _ERROR,
        "the practice's own texts are in another language than the handout",
        "In an emergency, patients would not understand whom to call, or when.",
        "45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md",
    ),
    Rule(
        "wrong-direction",
        _ERROR,
        "a language whose writing direction a format cannot show",
        "Lines, phone numbers and doses would be in the wrong order: nobody could rely on what they read.",
        "Unicode Bidirectional Algorithm, UAX 9 (https://www.unicode.org/reports/tr9/); docs/practices.md",
    ),
    Rule(
        "no-black-logo",
        _WARNING,
        "black ink, and no black logo",
        "The logo would be printed in color, or come out gray.",
        _BUILD,
    ),
    Rule("no-cluster", _ERROR, "there is no cluster at the address", "Nothing was made.", _BUILD),
    Rule("bad-print-code", _ERROR, "no code of a print", "Which print was given out cannot be told from it.", _BUILD),
    Rule("no-project", _ERROR, "no handouts.yaml in this folder or above", "There is nothing to work on.", _BUILD),
    Rule("already-there", _ERROR, "what is to be made is there already", "Nothing is overwritten.", _BUILD),
    Rule("no-address", _ERROR, "an address for the front-desk page cannot be had", "The page is not there.", _BUILD),
    Rule("page-mistake", _ERROR, "the front-desk page made a mistake", "Somebody did not get an answer.", _BUILD),
    Rule("not-watched", _WARNING, "files cannot be watched", "Changes are seen after a restart only.", _BUILD),
    Rule("refused", _ERROR, "the system refused to read or write", "Nothing was done.", _BUILD),
)
