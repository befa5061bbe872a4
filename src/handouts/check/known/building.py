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
    Rule("worker-died", _ERROR, "a process that made a file died", "The file was not made.", _BUILD),
    Rule("timed-out", _ERROR, "a file took too long to make", "The file was not made; what was there stays.", _BUILD),
    Rule(
        "unfit-worker",
        _ERROR,
        "a worker of the cluster sees other files, or has other versions",
        "It would make something else than was asked for.",
        _BUILD,
    ),
    Rule("not-rendered", _ERROR, "a file could not be made", "The file was not made.", _BUILD),
    Rule("not-written", _ERROR, "a file cannot be written", "The file was not made; what was there stays.", _BUILD),
    Rule("nothing-to-build", _ERROR, "nothing fits what was asked for", "No file was made.", _BUILD),
    Rule(
        "bad-manifest",
        _WARNING,
        "the manifest of the output folder cannot be used",
        "Everything is made anew, for nothing is known of what is there.",
        _BUILD,
    ),
    Rule(
        "not-removed",
        _WARNING,
        "a file that is no longer in the plan was not removed",
        "It was changed by somebody, or the system refused.",
        _BUILD,
    ),
    Rule("no-manifest", _ERROR, "a folder without a manifest", "Nobody knows what is in it.", _BUILD),
    Rule(
        "merge-conflict",
        _ERROR,
        "folders that do not fit together",
        "Nobody could tell which file is right, so none is copied.",
        _BUILD,
    ),
    Rule(
        "missing-shard",
        _ERROR,
        "a shard is missing from those to be merged",
        "The whole would lack its outputs, and nobody would know.",
        _BUILD,
    ),
    Rule(
        "output-failed",
        _ERROR,
        "an output of a folder to be merged failed when it was built",
        "It is missing from the whole, or a file of an earlier build stands in its place.",
        _BUILD,
    ),
    Rule("not-as-built", _ERROR, "a file is not as its manifest says", "It was changed or cut off.", _BUILD),
    Rule("bad-print-code", _ERROR, "no code of a print", "Which print was given out cannot be told from it.", _BUILD),
    Rule("page-mistake", _ERROR, "the front-desk page made a mistake", "Somebody did not get an answer.", _BUILD),
    Rule("not-watched", _WARNING, "files cannot be watched", "Changes are seen after a restart only.", _BUILD),
)
