"""All codes of the tool, and what each is about."""

from collections.abc import Mapping
from typing import Final

from handouts.check import acceptance
from handouts.check.known import building, content, files, pages, printing
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
from handouts.problems import command_rules
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

# In the order of the documentation.
FAMILIES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "References": (*references.RULES, *citations.RULES),
    "Currency": (*readiness.RULES, *currency.RULES),
    "Plain language": plain_language.RULES,
    "Treatment handouts": treatment.RULES,
    "Accessibility": accessibility.RULES,
    "Practices": (*practices.RULES, *placeholders.RULES),
    "Pages": pages.RULES,
    "Text of a handout": content.RULES,
    "Files and fields": (*files.RULES, *unused_files.RULES),
    "Building": (*building.RULES, *command_rules.RULES, *sets.RULES),
    "Printing": printing.RULES,
    "What was accepted": acceptance.RULES,
}
REGISTRY: Final[Mapping[str, Rule]] = {rule.code: rule for rules in FAMILIES.values() for rule in rules}
_STOPPING: Final = (
    *content.RULES,
    *files.RULES,
    *building.RULES,
    *command_rules.RULES,
    *sets.RULES,
    *pages.RULES,
    *acceptance.RULES,
)
# Told by printers, when a file is printed.
AT_PRINTERS: Final = frozenset(rule.code for rule in printing.RULES)
# What stops a build stays what it is.
FIXED: Final = AT_PRINTERS | {rule.code for rule in _STOPPING if rule.severity is Severity.ERROR}
# A release refuses these whatever severity is set for them, and whoever accepts them.
GATE: Final = frozenset({rule.code for rule in (*readiness.RULES, *placeholders.RULES)} | {"no-safety-block"})
# Found only once pages are laid out.
ON_PAGES: Final = frozenset(rule.code for rule in (*pages.RULES, *building.RULES, *command_rules.RULES)) - {
    "low-contrast"
}
