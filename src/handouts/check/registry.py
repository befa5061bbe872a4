"""All rules of the package, by family, and the sets of codes that are treated alike.

A module declares its rules as `RULES`; they are added here to one family. docs/checks.md is made from this module.
"""

from collections.abc import Mapping
from typing import Final

from handouts.assets import broken_file, language_fonts, svg
from handouts.build import rules as build_rules
from handouts.check import acceptance
from handouts.check.doses import rules as dose_rules
from handouts.check.plain_language import plain_language
from handouts.check.rules import (
    accessibility,
    approvals,
    brand,
    captions,
    citations,
    codes,
    contacts,
    currency,
    emergency,
    evidence,
    hours,
    languages,
    letters,
    lost_negations,
    placeholders,
    references,
    safety_texts,
    sets,
    translated_numbers,
    translations,
    treatment,
    typed_references,
    unused_files,
    warning_signs,
)
from handouts.check.wording import check_wording
from handouts.compose import (
    composer,
    labels,
    language_check,
    language_notice,
    project_files,
    style_sheets,
    unreviewed,
)
from handouts.html import rules as html_rules
from handouts.importing import rules as import_rules
from handouts.model import field_values, output_rules, required_texts
from handouts.pdf import rules as pdf_rules
from handouts.pdf.page_checks import negations
from handouts.printing import job, printer_errors, printer_state, queues, ticket
from handouts.problems import command_rules, front_desk_rules, publish_rules
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.provenance import code_ledger
from handouts.read import (
    handout,
    handout_files,
    inserts,
    packs,
    pictures,
    practice,
    practice_texts,
    project,
    slow_files,
    stray_problems,
    text_file,
    text_length,
    written_practices,
)
from handouts.read import references as reference_list
from handouts.read.markdown import (
    attributes,
    block_attributes,
    block_marks,
    body,
    directives,
    fields,
    ids,
    language_spans,
    links,
    lists,
    literal,
    notes,
    outline,
    picture_blocks,
    places,
    tables,
)
from handouts.read.markdown import parser as markdown_parser
from handouts.read.yaml import comments, parser, validate
from handouts.review import rules as review_rules
from handouts.schema import base, front_matter, reference, reference_values, settings, web_address
from handouts.schema import codes as code_systems
from handouts.schema import ids as id_format
from handouts.schema import notices as notice_texts
from handouts.schema import practice as practice_file
from handouts.text import rules as text_rules
from handouts.translating import rules as translation_rules

_TEXT: Final = (
    *front_matter.RULES,
    *code_systems.RULES,
    *handout.RULES,
    *project.RULES,
    *outline.RULES,
    *attributes.RULES,
    *ids.RULES,
    *literal.RULES,
    *places.RULES,
    *block_marks.RULES,
    *lists.RULES,
    *tables.RULES,
    *markdown_parser.RULES,
    *block_attributes.RULES,
    *directives.RULES,
    *picture_blocks.RULES,
    *links.RULES,
    *body.RULES,
    *fields.RULES,
    *field_values.RULES,
    *language_spans.RULES,
    *notes.RULES,
    *reference_list.RULES,
    *inserts.RULES,
    *written_practices.RULES,
    *practice.RULES,
    *practice_texts.RULES,
)

# In the order of docs/checks.md.
FAMILIES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "References": (*references.RULES, *citations.RULES, *evidence.RULES),
    "Currency": (*currency.RULES, *approvals.RULES),
    "Codes": codes.RULES,
    "Doses": dose_rules.RULES,
    "Warning signs": warning_signs.RULES,
    "Plain language": (*plain_language.RULES, *captions.RULES),
    "Wording": check_wording.RULES,
    "Safety": (*treatment.RULES, *safety_texts.RULES, *typed_references.RULES),
    "Translations": (
        *translations.RULES,
        *translated_numbers.RULES,
        *lost_negations.RULES,
        *unreviewed.RULES,
        *language_notice.RULES,
        *translation_rules.IN_CHECKS,
    ),
    "Accessibility": (*accessibility.RULES, languages.ODD_LANGUAGE, *letters.RULES),
    "Practices": (*contacts.RULES, *hours.RULES, *emergency.RULES, *brand.RULES, *placeholders.RULES),
    "Pages": (
        *required_texts.RULES,
        *output_rules.RULES,
        *html_rules.RULES,
        *text_rules.RULES,
        *pdf_rules.RULES,
        *negations.RULES,
        *style_sheets.RULES,
    ),
    "Text of a handout": _TEXT,
    "Files and fields": (
        *text_file.RULES,
        *slow_files.RULES,
        *text_length.RULES,
        *pictures.RULES,
        *language_fonts.RULES,
        *broken_file.RULES,
        *svg.RULES,
        *stray_problems.RULES,
        *unused_files.RULES,
        *handout_files.RULES,
        *parser.RULES,
        *comments.RULES,
        *validate.RULES,
        *id_format.RULES,
        *base.RULES,
        *practice_file.RULES,
        *web_address.RULES,
        *notice_texts.RULES,
        *reference_values.RULES,
        *reference.RULES,
        *settings.RULES,
        *packs.RULES,
    ),
    "Building": (
        *project_files.RULES,
        *labels.RULES,
        *language_check.RULES,
        *composer.RULES,
        *command_rules.RULES,
        *build_rules.RULES,
        *code_ledger.RULES,
        *sets.RULES,
        *front_desk_rules.RULES,
        languages.LANGUAGE_WITHOUT_PRACTICE,
    ),
    "Publishing": publish_rules.RULES,
    "Importing": (*import_rules.RULES, *translation_rules.IN_IMPORTS),
    "Reviewing": review_rules.RULES,
    "Printing": (*queues.RULES, *printer_errors.RULES, *ticket.RULES, *printer_state.RULES, *job.RULES),
    "Acceptances": acceptance.RULES,
}

# Every rule by its code.
REGISTRY: Final[Mapping[str, Rule]] = {rule.code: rule for rules in FAMILIES.values() for rule in rules}

# Reported when a file is sent to a printer, never by a build or a check.
AT_PRINTERS: Final = frozenset(rule.code for rule in FAMILIES["Printing"])

# Reported by `handouts import`, never by a build or a check.
AT_IMPORTS: Final = frozenset(rule.code for rule in FAMILIES["Importing"])

# Reported by `handouts publish`, never by a build or a check.
AT_PUBLICATIONS: Final = frozenset(rule.code for rule in FAMILIES["Publishing"])

# Cannot be accepted or given another severity: what is reported at printers, imports and publications, and errors that
# stop a build.
FIXED: Final = (
    AT_PRINTERS
    | AT_IMPORTS
    | AT_PUBLICATIONS
    | {
        rule.code
        for family in ("Pages", "Text of a handout", "Files and fields", "Building", "Acceptances")
        for rule in FAMILIES[family]
        if rule.severity is Severity.ERROR
    }
)

# A release refuses these always, whatever their severity in handouts.yaml, and even if they are accepted.
GATE: Final = frozenset(
    rule.code
    for rule in (
        currency.DRAFT,
        currency.REVIEW_OVERDUE,
        currency.PUBLISHED_IN_FUTURE,
        approvals.CHANGED_SINCE_APPROVAL,
        approvals.VERSION_NOT_APPROVED,
        approvals.INSERT_NOT_APPROVED,
        composer.MISSING_REFERENCE,
        placeholders.PLACEHOLDER,
        contacts.FICTIONAL_CONTACT,
        contacts.UNKNOWN_COUNTRY,
        emergency.WRONG_EMERGENCY_NUMBER,
        emergency.TEXT_WITHOUT_NUMBER,
        emergency.TEXT_FORBIDS_CALL,
        emergency.FOREIGN_EMERGENCY_NUMBER,
        evidence.UNSOURCED_TREATMENT,
        evidence.RETRACTED_SOURCE,
        places.UNFINISHED,
        safety_texts.NO_SENTENCE,
        translations.INCOMPLETE_TRANSLATION,
        translations.OLDER_TRANSLATION,
        translations.UNREAD_ORIGINAL,
        translations.PICTURE_NOT_TRANSLATED,
        unreviewed.UNREVIEWED_TRANSLATION,
        language_notice.UNCONFIRMED_NOTICE,
        language_notice.MISSING_NOTICE,
        *translation_rules.IN_CHECKS,
        treatment.NO_SAFETY_BLOCK,
    )
)

# Found only once pages are laid out: without `--rendered`, an acceptance of them is not called unused. A check of the
# profile finds low contrast too.
ON_PAGES: Final = frozenset(rule.code for family in ("Pages", "Building") for rule in FAMILIES[family]) - {
    "low-contrast"
}
