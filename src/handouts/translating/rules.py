"""The rules of translations: what hinders an import, and what has changed since a translation was made."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = "docs/translating.md"
_ACCURATE: Final = "45 CFR 92.201, accurate translation (https://www.ecfr.gov/current/title-45/section-92.201)"

UNREADABLE_TRANSLATION: Final = Rule(
    "unreadable-translation",
    Severity.ERROR,
    title="a file of a translator that cannot be read",
    why="Nothing of it was imported.",
    source=_SOURCE,
    message="the file cannot be imported: {reason}",
    hint="export it again, and save it as XLIFF 2 or PO",
)
UNIT_NOT_TRANSLATED: Final = Rule(
    "unit-not-translated",
    Severity.ERROR,
    title="a unit that a translation lacks",
    why="It would be missing, or printed in another language.",
    source=_SOURCE,
    message='"{unit}" is not translated: {text}',
    hint="translate it",
)
UNIT_OF_OTHER_TEXT: Final = Rule(
    "unit-of-other-text",
    Severity.ERROR,
    title="a unit whose original has changed since the export",
    why="Its translation may say what is no longer true.",
    source=_SOURCE,
    message='"{unit}" was translated from another text: {text}',
    hint="export it again, and translate what has changed",
)
UNKNOWN_UNIT: Final = Rule(
    "unknown-unit",
    Severity.ERROR,
    title="a unit that the original does not have",
    why="Its text would be lost.",
    source=_SOURCE,
    message='the original has no unit "{unit}"',
    hint="export it again",
)
UNIT_DIFFERS: Final = Rule(
    "unit-differs",
    Severity.ERROR,
    title="a unit with other citations, fields, links or numbers than its original",
    why="A dose, a phone number or a source would be wrong or missing.",
    source=_SOURCE,
    message='"{unit}" differs from its original: {differences}',
    hint="add what is missing (-), and remove what was added (+)",
)
UNIT_OF_OTHER_FORM: Final = Rule(
    "unit-of-other-form",
    Severity.ERROR,
    title="a unit that becomes another block than its original",
    why="The sections and lists of the translation would not be those of the original.",
    source=_SOURCE,
    message='"{unit}" would become something else: {text}',
    hint="do not start it like a heading, a list or a block, and keep its marks",
)
STALE_SAFETY: Final = Rule(
    "stale-safety-translation",
    Severity.ERROR,
    title="safety information that has changed since it was translated",
    why="Patients who read the translation would not be warned as others are. A release refuses it.",
    source=_ACCURATE,
    message='"{unit}" of {original} {change}: {text}',
    hint="handouts translate export {language}, have it translated, and import it",
)
STALE_TRANSLATION: Final = Rule(
    "stale-translation",
    Severity.WARNING,
    title="a text that has changed since it was translated",
    why="The translation may say what is no longer true. A release refuses it.",
    source=_ACCURATE,
    message='"{unit}" of {original} {change}: {text}',
    hint="handouts translate export {language}, have it translated, and import it",
)
UNRECORDED_TRANSLATION: Final = Rule(
    "unrecorded-translation",
    Severity.WARNING,
    title="a translation that was changed since its import",
    why="Nobody can tell which of its texts belong to which of the original.",
    source=_SOURCE,
    message="the units of the translation are not those of translations.yaml",
    hint="handouts translate export {language}, and import it again",
)
IN_IMPORTS: Final = (
    UNREADABLE_TRANSLATION,
    UNIT_NOT_TRANSLATED,
    UNIT_OF_OTHER_TEXT,
    UNKNOWN_UNIT,
    UNIT_DIFFERS,
    UNIT_OF_OTHER_FORM,
)
IN_CHECKS: Final = (STALE_SAFETY, STALE_TRANSLATION, UNRECORDED_TRANSLATION)
RULES: Final = (*IN_IMPORTS, *IN_CHECKS)
