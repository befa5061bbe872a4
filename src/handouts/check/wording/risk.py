"""Numbers about risks: absolute, with one denominator, as whole people."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.check.patterns import Found
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_FDA: Final = (
    "FDA, Communicating Risks and Benefits: An Evidence-Based User's Guide (2011), chapter 7, "
    "https://www.fda.gov/about-fda/reports/communicating-risks-and-benefits-evidence-based-users-guide"
)
_CDC: Final = "CDC Clear Communication Index, items 15 to 17, https://www.cdc.gov/ccindex/"

_RELATIVE_RISK: Final = Rule(
    code="relative-risk",
    severity=Severity.WARNING,
    title="a risk is compared with another that is not given",
    why='"Twice the risk" may mean 2 instead of 1 in 10, or in a million. Readers overrate such numbers: they need the '
    "risk with and without.",
    source=_FDA,
    message='"{found}" does not say how high the risk is',
    hint="give both risks, such as: 2 in 100 people with it, 1 in 100 without",
)
_BARE_PERCENT: Final = Rule(
    code="bare-percent",
    severity=Severity.WARNING,
    title="a share of people is a percentage only",
    why="Many people do not understand percentages; 5 out of 100 people can be pictured.",
    source=f"{_CDC}; {_FDA}",
    message='"{found}" is a percentage only',
    hint="say how many people of how many, such as 5 out of 100",
)
_PERCENT_DECIMAL: Final = Rule(
    code="percent-decimal",
    severity=Severity.WARNING,
    title="a share of people has a decimal point",
    why="There is no half person: 0.3 percent is taken for 3 percent, or for nothing.",
    source=f"{_CDC}; {_FDA}",
    message='"{found}" is not about whole people',
    hint="round it, or take a larger group: 3 out of 1,000",
)
MIXED_DENOMINATORS: Final = Rule(
    code="mixed-denominators",
    severity=Severity.WARNING,
    title="risks that are read together are out of different numbers of people",
    why="People compare the first numbers: 1 in 20 seems less than 3 in 1,000.",
    source=f"{_FDA}; IPDAS, presenting probabilities (http://ipdas.ohri.ca)",
    message='"{found}" and "{other}" cannot be compared',
    hint="use the same number of people for both",
)
RULES: Final = (_RELATIVE_RISK, _BARE_PERCENT, _PERCENT_DECIMAL, MIXED_DENOMINATORS)

_COUNT: Final = r"\d[\d,]{0,12}|one|two|three|four|five|six|seven|eight|nine|ten|a hundred|a thousand"
FREQUENCY: Final = re.compile(
    rf"\b(?:{_COUNT}) (?:in|of|out of)(?: every| each)? (?P<of>{_COUNT})(?! of these)\b(?!%| ?percent| times| other|"
    rf" (?:days|weeks|months|years|hours|minutes)\b)",
    re.IGNORECASE,
)
PERCENT: Final = r"\d+(?:\.\d+)?(?: ?(?:to|-|\u2013) ?\d+(?:\.\d+)?)? ?(?:%|percent\b|per cent\b)"
PEOPLE: Final = (
    r"(?:people|persons|patients|women|men|adults|children|babies|infants|boys|girls|teens|teenagers|cases|deaths|"
    r"Americans|users|smokers|cancers|strokes|fractures|pregnancies|births|those|them|us)"
)
RISK: Final = r"(?:risks?|chances?|odds|rates?|deaths?|likelihood)"
_UP_OR_DOWN: Final = (
    r"(?:cuts?|cutting|lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|"
    r"decreas(?:e|es|ed|ing)|(?:goes|go|went|going) (?:up|down)|drops?|dropped|falls?|fell|rises?|rose)"
)
_SHARE: Final = rf"(?:{PERCENT}|(?:in )?half|one third|a third|two thirds|a quarter)"
_NUMBER: Final = r"(?:\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|several|many)"
_RELATIVE: Final = re.compile(
    rf"\b{_NUMBER} times (?:more|less|as|higher|lower|greater|the (?:usual )?{RISK})\b(?! (?:a|per) (?:day|week))"
    rf"|\btwice (?:as (?:likely|high|common|often)|the {RISK})"
    rf"|\b\w+-?fold (?:increase|decrease|higher|lower|risk)"
    rf"|\b(?:doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)) (?:\w+ ){{0,3}}?{RISK}\b"
    rf"|\b{_UP_OR_DOWN} (?:\w+ ){{0,4}}?{RISK}\b[^.!?;]{{0,40}}? (?:by (?:about |up to |more than |over )?|"
    rf"in ){_SHARE}"
    rf"|\b{RISK}\b[^.!?;]{{0,30}}? {_UP_OR_DOWN} (?:by )?(?:about |up to |more than |over )?{_SHARE}"
    rf"|\b{PERCENT} (?:higher|lower|greater|smaller|more likely|less likely|reduction|increase|decrease|drop|fewer)\b",
    re.IGNORECASE,
)
_SHARE_OF_PEOPLE: Final = re.compile(
    rf"(?<![\d.,])(?P<percent>{PERCENT}) (?:of (?:all |the |these |those |our )?(?:[\w-]+ ){{0,2}}?{PEOPLE}\b|"
    rf"{RISK}\b)"
    rf"|\b{RISK} (?:of [^.!?;]{{1,40}}? )?(?:is|are|was|were) (?:about |around |less than |more than |"
    rf"up to )?(?P<after>{PERCENT})",
    re.IGNORECASE,
)
_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_MAY_HAVE_NUMBERS: Final = re.compile(
    r"\d|times|twice|half|doubl|tripl|halv|fold|third|quarter|\b(?:in|of) (?:ten|five|four|three)", re.IGNORECASE
)


def find_risks(text: str) -> Iterator[Found]:
    """Yield relative risks and bare percentages of a text that gives no number of people."""
    if not _MAY_HAVE_NUMBERS.search(text):
        return
    relative = list(_RELATIVE.finditer(text))
    has_people = bool(FREQUENCY.search(text))
    for match in relative if not has_people else ():
        yield Found(_RELATIVE_RISK, match.start(), " ".join(match.group().split()), "")
    for match in _SHARE_OF_PEOPLE.finditer(text):
        if any(one.start() < match.end() and match.start() < one.end() for one in relative):
            continue
        group = "percent" if match["percent"] else "after"
        if not has_people:
            yield Found(_BARE_PERCENT, match.start(group), match[group], "")
        if "." in match[group]:
            yield Found(_PERCENT_DECIMAL, match.start(group), match[group], "")


def find_mixed_denominators(texts: Iterable[PrintedText]) -> Iterator[tuple[PrintedText, int, str, str]]:
    """Yield each text with a risk out of another number than the first one that is read together with it.

    These are the risks of one paragraph, or of all cells of a table; with the risk, its position and the first one.
    """
    first_by_group: dict[int, tuple[str, str]] = {}
    reported: set[int] = set()
    for text in texts:
        if not _MAY_HAVE_NUMBERS.search(text.text):
            continue
        group = id(text.source.group) if text.kind == "cell" and text.source else id(text)
        for match in FREQUENCY.finditer(text.text):
            words, of = match.group(), match["of"].lower().replace(",", "")
            of = _WORDS.get(of, of)
            first, first_of = first_by_group.setdefault(group, (words, of))
            if of != first_of and group not in reported:
                reported.add(group)
                yield text, match.start(), words, first
