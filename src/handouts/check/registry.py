"""All rules of the package, by family, and the sets of codes that are treated alike.

A module declares its rules as `RULES`; they are added here to one family. docs/checks.md is made from this module.
"""

from collections.abc import Mapping
from typing import Final

from handouts.check import acceptance
from handouts.check.known import building, content, files, pages, printing
from handouts.check.plain_language import plain_language
from handouts.check.rules import (
    accessibility,
    brand,
    citations,
    contacts,
    currency,
    languages,
    placeholders,
    references,
    sets,
    treatment,
    unused_files,
)
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

# In the order of docs/checks.md.
FAMILIES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "References": (*references.RULES, *citations.RULES),
    "Currency": currency.RULES,
    "Plain language": plain_language.RULES,
    "Treatment handouts": treatment.RULES,
    "Accessibility": (*accessibility.RULES, languages.ODD_LANGUAGE),
    "Practices": (*contacts.RULES, *brand.RULES, *placeholders.RULES),
    "Pages": pages.RULES,
    "Text of a handout": content.RULES,
    "Files and fields": (*files.RULES, *unused_files.RULES),
    "Building": (*building.RULES, *sets.RULES, languages.LANGUAGE_WITHOUT_PRACTICE),
    "Printing": printing.RULES,
    "Acceptances": acceptance.RULES,
}

# Every rule by its code.
REGISTRY: Final[Mapping[str, Rule]] = {rule.code: rule for rules in FAMILIES.values() for rule in rules}

# Reported when a file is sent to a printer, never by a build or a check.
AT_PRINTERS: Final = frozenset(rule.code for rule in FAMILIES["Printing"])

# Cannot be accepted or given another severity: what is reported at a printer, and errors that stop a build.
FIXED: Final = AT_PRINTERS | {
    rule.code
    for family in ("Pages", "Text of a handout", "Files and fields", "Building", "Acceptances")
    for rule in FAMILIES[family]
    if rule.severity is Severity.ERROR
}

# A release refuses these always, whatever their severity in handouts.yaml, and even if they are accepted.
GATE: Final = frozenset(
    rule.code
    for rule in (
        currency.DRAFT,
        currency.REVIEW_OVERDUE,
        references.MISSING_REFERENCE,
        placeholders.PLACEHOLDER,
        contacts.FICTIONAL_CONTACT,
        treatment.NO_SAFETY_BLOCK,
    )
)

# Found only once pages are laid out: without `--rendered`, an acceptance of them is not called unused. A check of the
# profile finds low contrast too.
ON_PAGES: Final = frozenset(rule.code for family in ("Pages", "Building") for rule in FAMILIES[family]) - {
    "low-contrast"
}
