"""Style: double negatives, hidden verbs, stacked hedges, "the patient" in place of you, brackets in brackets, "&"."""

import re
from typing import Final

from handouts.check.patterns import Pattern, make_phrase
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_FEDERAL: Final = "Federal plain language guidelines (2011), https://www.plainlanguage.gov/guidelines/"

_DOUBLE_NEGATIVE: Final = Rule(
    code="double-negative",
    severity=Severity.WARNING,
    title="a sentence has two negatives",
    why="Readers have to work out what is meant, and many understand the opposite.",
    source=f"{_FEDERAL}: avoid double negatives and exceptions to exceptions",
    message='"{found}" is a double negative',
    hint="say what is true, or what to do",
)
_HIDDEN_VERB: Final = Rule(
    code="hidden-verb",
    severity=Severity.WARNING,
    title="a verb is hidden in a noun",
    why="Verbs are shorter, and say who does it.",
    source=f"{_FEDERAL}: avoid hidden verbs",
    message='"{found}" hides a verb',
    hint="use the verb: {instead}",
)
_STACKED_HEDGES: Final = Rule(
    code="stacked-hedges",
    severity=Severity.WARNING,
    title="a sentence says twice that something is uncertain",
    why="One such word is enough; a second one makes readers doubt the rest.",
    source=f"{_FEDERAL}: omit unnecessary words",
    message='"{found}" says twice that it is not certain',
    hint="keep one of these words",
)
_PATIENT_FOR_YOU: Final = Rule(
    code="patient-for-you",
    severity=Severity.WARNING,
    title="the reader is called the patient",
    why="Readers act on what is said to them: You should rest.",
    source=f"{_FEDERAL}: use pronouns to speak directly to readers; AHRQ PEMAT-P (item 21)",
    message='"{found}" does not speak to the reader',
    hint="say you, your",
)
_NESTED_BRACKETS: Final = Rule(
    code="nested-brackets",
    severity=Severity.WARNING,
    title="brackets stand within brackets",
    why="Readers lose the sentence; screen readers do not say which bracket ends.",
    source=f"{_FEDERAL}: place the main idea before exceptions and conditions",
    message='"{found}" has brackets within brackets',
    hint="make it two sentences",
)
_AMPERSAND: Final = Rule(
    code="ampersand",
    severity=Severity.WARNING,
    title='the sign "&" stands for a word',
    why="Many readers, and people who learn English, do not know it, and in doses it is read as 2.",
    source="GOV.UK style guide, ampersands, https://www.gov.uk/guidance/style-guide/a-to-z; ISMP List of Error-Prone "
    "Abbreviations, Symbols, and Dose Designations (2021)",
    message='"{found}" has a sign in place of a word',
    hint='write "and"',
)
RULES: Final = (_DOUBLE_NEGATIVE, _HIDDEN_VERB, _STACKED_HEDGES, _PATIENT_FOR_YOU, _NESTED_BRACKETS, _AMPERSAND)

_NOT: Final = r"(?:not|never|no|cannot|\w+n['\u2019]t)"
_NOT_CUES: Final = "not never no cannot without nothing"
# Nouns that only hide a verb when they are followed by "of the ...".
_NOUNS: Final = {
    "removal": "take out, remove",
    "measurement": "measure",
    "assessment": "assess, check",
    "evaluation": "check",
    "examination": "examine, check",
    "insertion": "put in",
    "administration": "give",
    "replacement": "replace",
    "completion": "finish",
    "reduction": "reduce, lower",
    "placement": "put",
    "elevation": "raise",
    "application": "put on",
    "utilization": "use",
    "implementation": "start",
    "identification": "find",
    "determination": "find out",
    "discontinuation": "stop",
}
_MUST: Final = r"(?:should|must|needs? to|ha(?:s|ve) to|ought to|are advised to)"
_MODAL: Final = r"(?:should|must|may|can|will|needs? to|ha(?:s|ve) to|ought to|are advised to|is advised to)"
PATTERNS: Final = (
    make_phrase(
        _DOUBLE_NEGATIVE,
        r"not (?:un(?:common(?:ly)?|usual(?:ly)?|likely|able|aware|reasonable|important|helpful|known)|"
        r"impossible|in(?:frequent(?:ly)?|significant|effective)|dissimilar|abnormal|without)",
        "",
        _NOT_CUES,
    ),
    make_phrase(_DOUBLE_NEGATIVE, rf"{_NOT}\b[^.!?;]{{0,60}}\bunless\b[^.!?;]{{0,40}}\b{_NOT}", "", "unless"),
    make_phrase(
        _DOUBLE_NEGATIVE,
        r"(?:not|never|cannot|\w+n['\u2019]t) (?:\w+ )?(?:nothing|nobody|no one|nowhere|none)|without (?:not|"
        r"never)|no (?:fewer|less) than",
        "",
        "nothing nobody no nowhere none without",
    ),
    make_phrase(
        _HIDDEN_VERB,
        r"(?:make|makes|made|making|reach) (?:a|the|your|any) (?:final )?decisions?",
        "decide",
        "decision decisions",
    ),
    make_phrase(
        _HIDDEN_VERB,
        r"(?:carry|carries|carried|carrying) out (?:an? |the )(?:assessment|examination|review|evaluation|"
        r"inspection|analysis|investigation)"
        r"|(?:perform|conduct|undertake|undergo)(?:s|es|ed|ing)? (?:an? |the )(?:\w+ )?(?:assessment|"
        r"examination|review|evaluation|inspection|analysis|investigation)",
        "check, look at, examine",
        "assessment examination review evaluation inspection analysis investigation",
    ),
    make_phrase(
        _HIDDEN_VERB,
        r"(?:take|takes|taking|took) (?:[\w' ]{1,30} )?into (?:consideration|account)|(?:give|gives|"
        r"gave) consideration to",
        "consider, think of",
        "consideration account",
    ),
    make_phrase(_HIDDEN_VERB, r"(?:provide|provides|provided|give|offer|render)s? assistance", "help", "assistance"),
    make_phrase(
        _HIDDEN_VERB,
        r"(?:have|has|had|hold) a discussion|(?:make|makes|made) (?:an? )?(?:attempt|improvement|adjustment|"
        r"arrangement)s? ",
        "discuss, talk, try, improve",
        "discussion attempt attempts improvement improvements adjustment adjustments arrangement arrangements",
    ),
    Pattern(
        _HIDDEN_VERB,
        re.compile(
            rf"(?<!is )(?<!-- )(?<!means )(?<!\u2014 )\bthe (?P<noun>{'|'.join(_NOUNS)}) of "
            r"(?:the|your|an?|any|this|these)\b",
            re.IGNORECASE,
        ),
        lambda match: _NOUNS[match["noun"].lower()],
        cues=frozenset(_NOUNS),
    ),
    make_phrase(
        _STACKED_HEDGES,
        r"(?:may|might|could|can) (?:\w+ )?(?:possibly|perhaps|maybe|potentially|conceivably)|(?:possibly|"
        r"perhaps|maybe|potentially)\b[^.!?;,]{0,20} (?:may|might|could)"
        r"|(?:may|might) be that\b[^.!?;]{0,40} (?:may|might|could)",
        "",
        "possibly perhaps maybe potentially conceivably that",
    ),
    make_phrase(
        _PATIENT_FOR_YOU,
        rf"(?<!as )(?:the|a) patient (?:\w+ly )?{_MODAL}|the patient['\u2019]s"
        rf"|(?<!some )(?<!most )(?<!many )(?<!few )(?<!other )(?<!these )(?<!all )patients (?:\w+ly )?{_MUST}",
        "",
        "patient patients patient's patient\u2019s",
    ),
    Pattern(_NESTED_BRACKETS, re.compile(r"\([^()]*\([^()]*\)"), ""),
    Pattern(_AMPERSAND, re.compile(r"(?<![A-Z])\b[a-z]{2,}\s&\s[a-z]+\b"), ""),
)
