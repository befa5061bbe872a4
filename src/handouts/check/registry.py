"""All codes of the tool, and what each is about."""

from collections.abc import Mapping
from typing import Final

from handouts.assets import broken_file, svg
from handouts.check import acceptance
from handouts.check.known import building, pages, printing
from handouts.check.plain_language import plain_language
from handouts.check.rules import (
    accessibility,
    citations,
    currency,
    placeholders,
    practices,
    readiness,
    references,
    sets,
    treatment,
    unused_files,
)
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read import handout, inserts, pictures, practice, stray_problems, text_file
from handouts.read import references as reference_list
from handouts.read.markdown import (
    attributes,
    block_marks,
    body,
    directives,
    ids,
    language_spans,
    links,
    lists,
    literal,
    notes,
    outline,
    places,
    tables,
)
from handouts.read.markdown import parser as markdown_parser
from handouts.read.yaml import comments, parser, validate
from handouts.schema import base, front_matter, reference, reference_values, settings
from handouts.schema import ids as id_format
from handouts.schema import practice as practice_file

_TEXT: Final = (
    *front_matter.RULES,
    *handout.RULES,
    *outline.RULES,
    *attributes.RULES,
    *ids.RULES,
    *literal.RULES,
    *places.RULES,
    *block_marks.RULES,
    *lists.RULES,
    *tables.RULES,
    *markdown_parser.RULES,
    *directives.RULES,
    *links.RULES,
    *body.RULES,
    *language_spans.RULES,
    *notes.RULES,
    *reference_list.RULES,
    *inserts.RULES,
    *practice.RULES,
)

# In the order of the documentation.
FAMILIES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "References": (*references.RULES, *citations.RULES),
    "Currency": (*readiness.RULES, *currency.RULES),
    "Plain language": plain_language.RULES,
    "Treatment handouts": treatment.RULES,
    "Accessibility": accessibility.RULES,
    "Practices": (*practices.RULES, *placeholders.RULES),
    "Pages": pages.RULES,
    "Text of a handout": _TEXT,
    "Files and fields": (
        *text_file.RULES,
        *pictures.RULES,
        *broken_file.RULES,
        *svg.RULES,
        *stray_problems.RULES,
        *unused_files.RULES,
        *parser.RULES,
        *comments.RULES,
        *validate.RULES,
        *id_format.RULES,
        *base.RULES,
        *practice_file.RULES,
        *reference_values.RULES,
        *reference.RULES,
        *settings.RULES,
    ),
    "Building": (*building.RULES, *sets.RULES),
    "Printing": printing.RULES,
    "What was accepted": acceptance.RULES,
}
REGISTRY: Final[Mapping[str, Rule]] = {rule.code: rule for rules in FAMILIES.values() for rule in rules}
_STOPPING: Final = tuple(
    rule
    for family in ("Text of a handout", "Files and fields", "Building", "Pages", "What was accepted")
    for rule in FAMILIES[family]
)
# Reported by printers, when a file is printed.
AT_PRINTERS: Final = frozenset(rule.code for rule in printing.RULES)
# What stops a build stays what it is.
FIXED: Final = AT_PRINTERS | {rule.code for rule in _STOPPING if rule.severity is Severity.ERROR}
# A release refuses these whatever severity is set for them, and whoever accepts them.
GATE: Final = frozenset({rule.code for rule in (*readiness.RULES, *placeholders.RULES)} | {"no-safety-block"})
# Found only once pages are laid out.
ON_PAGES: Final = frozenset(rule.code for rule in (*pages.RULES, *building.RULES)) - {"low-contrast"}
