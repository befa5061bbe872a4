"""The rules of importing: what hinders a file, a record or a value from getting into references.yaml."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = "docs/authors.md, importing references"

UNREADABLE_EXPORT: Final = Rule(
    "unreadable-export",
    Severity.ERROR,
    title="a file of references that cannot be read",
    why="None of its references were imported.",
    source=_SOURCE,
    message="{reason}",
    hint="export the references again, as RIS, BibTeX, NBIB (PubMed) or CSL JSON",
)
UNREADABLE_DOCUMENT: Final = Rule(
    "unreadable-document",
    Severity.ERROR,
    title="a document that is not imported",
    why="No draft was made of it. Files that can harm, such as those with macros, are refused.",
    source="docs/authors.md, importing a document",
    message="{reason}",
    hint="save it anew, as .docx, .html, .md or .txt",
)
GUESSED_ENCODING: Final = Rule(
    "guessed-encoding",
    Severity.WARNING,
    title="a file of references that is not in UTF-8",
    why="It was read as Windows-1252, the most common other encoding. Letters with accents may be wrong.",
    source=_SOURCE,
    message="the file is not in UTF-8; it was read as Windows-1252",
    hint="check the letters with accents, or export the references again in UTF-8",
)
MALFORMED_RECORD: Final = Rule(
    "malformed-record",
    Severity.ERROR,
    title="a record that cannot be parsed",
    why="It was not imported.",
    source=_SOURCE,
    message="{reason}",
    hint="correct it here, or export the reference again",
)
UNKNOWN_RECORD_TYPE: Final = Rule(
    "unknown-record-type",
    Severity.ERROR,
    title="a record of a type that a list of references does not have",
    why="It was not imported. Personal messages, for example, are not listed in AMA style.",
    source="AMA Manual of Style, 11th ed, 3.2 and 3.3 (https://academic.oup.com/amamanualofstyle)",
    message='no type of reference for "{type}"',
    hint="choose another type in the program that it comes from",
)
RETRACTED_RECORD: Final = Rule(
    "retracted-record",
    Severity.ERROR,
    title="a record of a source that was retracted",
    why="Its results do not hold, or cannot be trusted. It was not imported.",
    source="ICMJE Recommendations, IV.A.3.g.i, retracted articles (https://www.icmje.org/recommendations)",
    message='"{title}" was retracted: {sign}',
    hint="cite another source",
)
ALREADY_LISTED: Final = Rule(
    "already-listed",
    Severity.WARNING,
    title="a record of a source that is already listed",
    why="It was not imported: it would be printed under two numbers, and look like two sources.",
    source="AMA Manual of Style, 11th ed, 3.5 (https://academic.oup.com/amamanualofstyle)",
    message='"{title}" has the {value} of "{key}"',
    hint="cite [@{key}]",
)
UNREAD_VALUE: Final = Rule(
    "unread-value",
    Severity.WARNING,
    title="a value of a record that is not understood",
    why="It was not imported; it is kept in the note of the reference.",
    source=_SOURCE,
    message='{field} "{value}" is not understood',
    hint="add it to references.yaml",
)
UNUSED_FIELDS: Final = Rule(
    "unused-fields",
    Severity.WARNING,
    title="fields of records that a list of references does not have",
    why="They were not imported, so they are only in the file.",
    source=_SOURCE,
    message="not imported from this file: {fields}",
    hint="nothing has to be done if they are not printed, such as abstracts and links to files",
)
FLOW_LIST: Final = Rule(
    "flow-list",
    Severity.ERROR,
    title="a references.yaml that nothing can be added to",
    why="Nothing was imported.",
    source=_SOURCE,
    message="references cannot be added here: {reason}",
    hint="write the list with one line `references:` and below it entries that start with a hyphen",
)
RULES: Final = (
    UNREADABLE_EXPORT,
    UNREADABLE_DOCUMENT,
    GUESSED_ENCODING,
    MALFORMED_RECORD,
    UNKNOWN_RECORD_TYPE,
    RETRACTED_RECORD,
    ALREADY_LISTED,
    UNREAD_VALUE,
    UNUSED_FIELDS,
    FLOW_LIST,
)
