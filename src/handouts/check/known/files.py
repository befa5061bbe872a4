"""What can be wrong with files and their fields."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_FILES: Final = "docs/authors.md and docs/practices.md, by design of handouts: nothing outside the project is read"
_YAML: Final = "YAML 1.2 (https://yaml.org/spec/1.2.2); `handouts schema` prints the fields of each file"

RULES: Final = (
    Rule(
        "missing-file",
        _ERROR,
        "a file that is named is not there",
        "What should be printed from it would be missing.",
        _FILES,
    ),
    Rule(
        "unreadable-file", _ERROR, "a file cannot be read", "What should be printed from it would be missing.", _FILES
    ),
    Rule(
        "outside-project",
        _ERROR,
        "a file lies outside the project",
        "A project could print files of the computer that nobody meant to hand out.",
        _FILES,
    ),
    Rule(
        "file-too-large",
        _ERROR,
        "a text file is over 4 MB",
        "It is no text that a person wrote, and would stop the machine.",
        _FILES,
    ),
    Rule("not-utf8", _ERROR, "a file is not in UTF-8", "Its letters would be printed as others.", _FILES),
    Rule(
        "control-character",
        _ERROR,
        "a text holds an invisible control character",
        "No font has it, and programs disagree about what it does.",
        _FILES,
    ),
    Rule(
        "not-a-file",
        _ERROR,
        "an address stands where a file of the project is needed",
        "Nothing is loaded from the web: pages have to come out the same each time.",
        _FILES,
    ),
    Rule("not-a-picture", _ERROR, "a picture is no SVG, PNG or JPEG file", "It cannot be printed.", _FILES),
    Rule(
        "broken-picture",
        _ERROR,
        "a picture is cut off, damaged or contradicts itself",
        "Programs show different things in its place: a black block, a part of it, or another picture.",
        _FILES,
    ),
    Rule(
        "picture-too-large",
        _ERROR,
        "a picture has too many bytes or pixels",
        "A small file can unfold to a picture that stops the machine.",
        _FILES,
    ),
    Rule("not-svg", _ERROR, "a drawing is no SVG file", "It cannot be printed.", _FILES),
    Rule(
        "unsafe-svg",
        _ERROR,
        "a drawing does more than draw",
        "It could run code, load something from outside, or grow without end.",
        _FILES,
    ),
    Rule(
        "not-a-font",
        _ERROR,
        "a font is no TrueType or OpenType file, or is damaged",
        "Pages could come without any text.",
        _FILES,
    ),
    Rule("bad-id", _ERROR, "something is no id", "Ids are parts of file names and addresses, on every system.", _FILES),
    Rule(
        "misnamed-file",
        _ERROR,
        "a source has another name than it needs, such as en.markdown or practice.yml",
        "Nothing reads it, so what is written there would be missing from the page without a word.",
        _FILES,
    ),
    Rule(
        "misplaced-file",
        _ERROR,
        "a source stands in a folder where nothing reads it",
        "What is written there would be missing from the page without a word.",
        _FILES,
    ),
    Rule(
        "conflict-copy",
        _ERROR,
        "a copy of a source that a sync program or an editor made",
        "Nobody can tell which of the two has the right text.",
        _FILES,
    ),
    Rule(
        "no-source",
        _ERROR,
        "a folder of a handout or practice without a text or practice.yaml",
        "Its prints would be missing without a word.",
        _FILES,
    ),
    Rule(
        "reserved-name",
        _ERROR,
        "the name of a format ends like an option of a print",
        "Two different prints would have the same file name, and one would take the other's place.",
        _FILES,
    ),
    Rule(
        "bad-language",
        _ERROR,
        "a file name is no language tag",
        "Screen readers choose the voice by the language.",
        _FILES,
    ),
    Rule("bad-yaml", _ERROR, "YAML that cannot be read", "Nothing can be known of what stands there.", _YAML),
    Rule(
        "yaml-alias",
        _ERROR,
        "YAML refers to another value",
        "A few such references can stand for millions of values.",
        _YAML,
    ),
    Rule(
        "yaml-comment",
        _ERROR,
        "YAML takes the end of a text for a comment",
        "Words that were written would not be printed, as the #300 of a street address.",
        _YAML,
    ),
    Rule(
        "yaml-mark",
        _ERROR,
        "YAML takes a word for a mark of its own",
        "A text that starts with & or ! would lose its first word.",
        _YAML,
    ),
    Rule("duplicate-key", _ERROR, "a field is given twice", "Programs disagree which of the two counts.", _YAML),
    Rule(
        "missing-field", _ERROR, "a field is missing", "Something that has to be on the page would not be there.", _YAML
    ),
    Rule(
        "unknown-field",
        _ERROR,
        "a field that there is not",
        "A mistyped field would be left out without a word.",
        _YAML,
    ),
    Rule("empty-field", _ERROR, "a field is empty", "Something that has to be on the page would not be there.", _YAML),
    Rule(
        "wrong-type", _ERROR, "a field has a value of the wrong kind", "It could not be printed as it was meant.", _YAML
    ),
    Rule(
        "unknown-value",
        _ERROR,
        "a field has a value that is not among those it can have",
        "It could not be printed as it was meant.",
        _YAML,
    ),
    Rule(
        "bad-value",
        _ERROR,
        "a number is out of its bounds, or a text is not of the form it needs",
        "It could not be printed as it was meant.",
        _YAML,
    ),
    Rule("bad-boolean", _ERROR, "neither true nor false", "YAML tools disagree about yes, no, on and off.", _YAML),
    Rule("bad-date", _ERROR, "no date", "Review dates decide whether a handout may go out.", _YAML),
    Rule(
        "bad-color",
        _ERROR,
        "no color of the form #rrggbb",
        "Colors are measured for contrast, so they have to be exact.",
        _YAML,
    ),
    Rule(
        "bad-address", _ERROR, "no web address that can be printed", "Patients type it from paper, or scan it.", _YAML
    ),
    Rule(
        "bad-country",
        _ERROR,
        "no country of two capital letters",
        "It decides how dates are written and which numbers can be dialled.",
        _YAML,
    ),
    Rule("bad-doi", _ERROR, "no DOI", "Readers find the source by it.", _YAML),
    Rule(
        "bad-name",
        _ERROR,
        "an author that is neither a person nor an organization",
        "Names in the list of sources would be printed wrong.",
        _YAML,
    ),
    Rule(
        "incomplete-reference",
        _ERROR,
        "a source lacks type or title",
        "It cannot be printed. Write status: missing if it is not known.",
        _YAML,
    ),
)
