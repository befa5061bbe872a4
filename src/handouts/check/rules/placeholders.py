"""Placeholders: text of the blank files that `handouts new` writes, and stopgaps such as TODO."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Final

from handouts.check.markdown_texts import MarkdownText
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.model.library import Block, Handout, Part, Practice, Section
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.translation import Translation

PLACEHOLDER: Final = Rule(
    code="placeholder",
    severity=Severity.ERROR,
    title="a handout, insert or practice still has a placeholder",
    why="Patients would take it for real: a number that nobody answers, or a dose that is missing.",
    source="the blank files that `handouts new` writes; docs/ci.md: what a release refuses",
    message='"{words}"{context} is a placeholder',
    hint="write your own",
)
RULES: Final = (PLACEHOLDER,)

# Texts of scaffold/blanks/, except those that may be intended.
_PRACTICE_SAMPLES: Final = frozenset(
    {"Name of the practice", "Street and number", "Town", "(000) 555-0100", "https://practice.example.org"}
)
_HANDOUT_SAMPLES: Final = frozenset(
    {
        "Title of the handout",
        "XX-000",
        "For people who have ...",
        "The main point, in one or two short sentences.",
        "Something the reader can do now.",
        "A question to ask?",
        "A part",
        "A question that patients ask?",
    }
)

_FIELD_NAMES: Final = (
    r"dose|dosage|strength|frequency|amount|quantity|duration|how (?:much|many|often|long)|name|date|time|day|phone"
    r"|telephone|number|address|street|practice|clinic|doctor|physician|surgeon|nurse|hospital|pharmacy|drug|medicine"
    r"|medication|patient|patient's|heading|caption|website|web address|url|link|e-?mail|citation needed|source"
    r"|reference|ref|reviewer|text|placeholder|citation"
    r"|(?:image|picture|photo|figure|fig\.?|diagram|illustration|graphic|chart|table|logo)(?: \d{1,2})?"
    r"|[xX]+|\?+|\.{3}|\u2026"
)
_UNITS: Final = r"(?:mg|mcg|g|mL|ml|L|units?|tablets?|%)(?!\w)"
# What an author asks in square brackets. Not before a bracket: "[check your feet](https://...)" is a link.
_REMARKS: Final = (
    r"check|verify|confirm|ask|query|update|rewrite|reword|replace|delete|note to|editor|author|nb|tk|todo|to do"
)
# Anywhere in a text. Only in capitals where small letters make a word: "todo" is Spanish, and a draft can be of air.
_IN_TEXT: Final = re.compile(
    r"\b(?:TODO|TBD|TBA|TBC|FIX ?ME|DRAFT)\b|\?{2,}|\(\?\)"
    r"|(?i:\b(?:lorem ipsum|tbd|fixme|asdf|qwerty|blah blah|foo ?bar)\b)"
    r"|(?i:\bto be (?:confirmed|decided|determined|announced|written)\b|\b(?:text|details) to (?:come|follow)\b)"
    r"|(?i:\bnot yet (?:reviewed|approved)\b|\bpending (?:review|approval)\b|\bwork in progress\b)"
    r"|\bA short answer in plain words\. A fact has its source\b"  # of scaffold/blanks/handout.md
    # What an author tells others.
    r"|(?i:\bnote to (?:self|editors?|authors?|reviewers?|translators?|designers?)\b|\b(?:citation|source) needed\b)"
    r"|\b(?:Author|Editor|Reviewer|Translator|Designer)s?: |(?i:\bplease (?:confirm|verify) this\b)"
    r"|(?i:\b(?:remove|delete) (?:this )?before (?:publication|publishing|release|printing|print)\b)"
    rf"|(?i:\((?:insert|add|fill in) (?:the |your |an? |correct )?(?:{_FIELD_NAMES})(?: here)?\))"
    # What programs leave behind: Word with its references, comments and tracked changes ...
    r"|\bError! (?:Reference|Bookmark|Hyperlink|Not a valid|Unknown|No (?:text|bookmark|index|table))\b|\u00a1Error! "
    r"|\[[A-Z]{2,3}\d{1,3}\\?\](?![(\[{])|\[[A-Z]{2}: [^\]\n]{1,200}\]"
    r"|\bFormatted: (?:Font|Indent|Space|Bullet|List|No bullets|Left|Centered|Justified|Normal|Line spacing|Heading)\b"
    # ... spreadsheets, templates, and merges of Git.
    rf"|@{{2,}}|#{{3,}}|#(?:REF|VALUE|NAME|DIV/0)[!?]|#N/A|\b(?:NaN|null|undefined|None) ?{_UNITS}|\[object Object\]"
    r"|<{7}|>{7}|\b(?:XX[/.-]XX|xx[/.-]xx)[/.-]"
    r"|(?i:\b(?:for )?internal use only\b|\bdo not distribute\b|\bnot for distribution\b)"
    # Doses and phone numbers of letters, and a phone number of zeros. XL is a size, and 47,XXX are chromosomes.
    rf"|\b(?!X+L\b)(?:[Xx]{{1,4}}|[Nn]{{2,4}}) ?{_UNITS}|[?#] {_UNITS}|(?<!47,)\bX{{3,}}\b(?! syndrome)"
    r"|(?<![.\w-])x{3,}\b(?!-)"
    r"|\(\d{3}\) ?\d{0,3}[- .]?\d{0,3}(?:\u2026|\.{3}|[xX?]{2})"
    r"|(?i:\btel(?:ephone|\u00e9fono)?\b[.:]?) ?\+?\d[\d -]{0,9}(?:\u2026|\.{3})"
    r"|\b0{3}\)?[-. ]0{3}[-. ]0{4}\b|(?i:\bx{3}[-. ]x{4}\b)"
    r"|\$\{[^}\n]{1,40}\}|%%[^%\n]{1,40}%%|<<[^>\n]{1,40}>>"
    rf"|(?i:[\[<](?:(?:insert|enter|add|fill in|your|{_REMARKS})\b[^\]>\n]{{0,60}}"
    rf"|(?:the |a |an )?(?:{_FIELD_NAMES})(?: (?:name|number|here|of [^\]>\n]{{0,40}}))?)\\?[\]>](?![(\[{{]))"
)
# In texts, but not in labels, whose fields are written so. Attributes follow a bracket.
_IN_BRACES: Final = re.compile(r"(?<![\]){])\{[A-Za-z][A-Za-z _-]{0,40}\}(?!\})")
# As a whole value.
_WHOLE_VALUES: Final = frozenset(
    """
    tbd tba tbc todo fixme xxx placeholder to_do to_be_confirmed to_be_decided to_be_determined to_be_added
    to_be_written to_follow untitled title heading text message
    """.split()  # noqa: SIM905 - easier to read than a list
)
# As the name of a reviewer, or as a phone number.
_NO_ANSWERS: Final = frozenset(
    """
    n/a na none nobody no_one nil null me myself self x xx test testing unknown pending someone somebody anonymous
    anyone reviewer name role not_yet not_reviewed not_yet_reviewed not_reviewed_yet to_be_reviewed in_review
    under_review draft yes no ok done author the_author us we admin user sample example later soon same as_above
    see_above various all others tbn foo bar foo_bar awaiting_review ai a_i chatgpt copilot gemini claude chatbot
    """.split()  # noqa: SIM905 - likewise
)
_UNFILLED_NAMES: Final = re.compile(
    r"(?:name|role|title) of\b.*|your (?:address|street|town|city)\b.*"
    r"|(?:your |my |the )?(?:practice|clinic|hospital|organi[sz]ation)(?:'s)?(?: name)?(?: here)?"
    r"|(?:your |the )?(?:reviewer|clinician|doctor)(?:'s)?(?: name| role)?(?: here)?"
    r"|(?:dr\.? )?(?:(?:john|jane) (?:doe|roe)|joe bloggs|john q\.? public)(?:,.*)?",
    re.IGNORECASE,
)
_SAMPLE_TEXT: Final = re.compile(
    r"(?:your |the )?(?:main )?(?:title|text|message|heading|caption) (?:goes )?here", re.IGNORECASE
)
_NO_PERSON: Final = re.compile(
    r"\b(?:ChatGPT|GPT-?\d\S*|large language model|AI (?:assistant|tool|model))\b", re.IGNORECASE
)
_UNFINISHED_VERSION: Final = re.compile(r"draft|alpha|beta|\brc\b|\brc\d|\bwip\b|\bpre\b", re.IGNORECASE)
_TEXTS: Final = 5_000  # a handout with fields is checked for each practice, and most texts of it are the same
_LOCAL_DIGITS: Final = 7  # of a phone number in North America, without the area code
_NATIONAL_DIGITS: Final = 10  # likewise, with the area code

_Path = tuple[str | int, ...]


def check_practice_placeholders(practice: Practice, problems: Problems) -> None:
    """Report placeholders in the profile of a practice."""
    profile = practice.profile
    names: list[tuple[_Path, str]] = [(("name",), profile.name), (("website",), profile.website)]
    names += [(("address", n), line) for n, line in enumerate(profile.address)]
    texts: list[tuple[_Path, str]] = [(("emergency", "text"), profile.emergency.text)]
    texts += [(("phones", n, "label"), phone.label) for n, phone in enumerate(profile.phones)]
    texts += [(("when_to_call", n), reason) for n, reason in enumerate(profile.when_to_call)]
    texts += [(("hours", n, "days"), entry.days) for n, entry in enumerate(profile.hours)]
    texts += [(("hours", n, "hours"), entry.hours) for n, entry in enumerate(profile.hours)]
    texts += [(("fields", name), value) for name, value in profile.fields.items()]
    texts += [(("notes", n), note) for n, note in enumerate(profile.notes)]
    numbers: list[tuple[_Path, str]] = [(("emergency", "number"), profile.emergency.number)]
    numbers += [(("phones", n, "number"), phone.number) for n, phone in enumerate(profile.phones)]
    values = [
        *((path, text, bool(_UNFILLED_NAMES.fullmatch(text))) for path, text in names),
        *((path, text, False) for path, text in texts),
        *((path, text, is_placeholder_number(text, profile.country)) for path, text in numbers),
    ]
    for path, text, is_placeholder in values:
        place = practice.profile_at.get(path, practice.place)
        _check_value(text, place, problems, samples=_PRACTICE_SAMPLES, is_placeholder=is_placeholder)
    for tag, translation in profile.translations.items():
        _check_translation(translation, practice.profile_at.get(("translations", tag), practice.place), problems)


def check_handout_placeholders(handout: Handout, texts: Iterable[MarkdownText], problems: Problems) -> None:
    """Report placeholders in a handout and its `texts`; a draft need not name its reviewer."""
    front = handout.front
    values: list[tuple[_Path, str]] = [
        (("title",), front.title),
        (("code",), front.code),
        (("version",), front.version),
        (("audience",), front.audience),
        (("main_message",), front.main_message),
        (("disclaimer",), front.disclaimer),
        (("sponsor",), front.sponsor or ""),
    ]
    values += [(("actions", n), action) for n, action in enumerate(front.actions)]
    values += [(("questions", n), question) for n, question in enumerate(front.questions)]
    for n, entry in enumerate(front.glossary):
        values += [(("glossary", n, "term"), entry.term), (("glossary", n, "meaning"), entry.meaning)]
    values += [(("abbreviations", short), long) for short, long in front.abbreviations.items()]
    placed = [(handout.front_at.get(path, handout.place), text) for path, text in values if text]
    titled: list[Part | Section | Block] = [*handout.parts, *handout.sections, *handout.blocks]
    placed += [(item.place, item.title) for item in titled if item.title]
    for place, text in placed:
        _check_value(text, place, problems, samples=_HANDOUT_SAMPLES, abbreviations=front.abbreviations)
    if front.status == "approved" and _UNFINISHED_VERSION.search(front.version):
        place = handout.front_at.get(("version",), handout.place)
        hint = "number the version that was reviewed, such as 1.0"
        problems.add(PLACEHOLDER.at(place, hint=hint, words=front.version, context=" in version"))
    reviewer = front.reviewed_by or ""
    if front.status == "approved" and is_placeholder_reviewer(reviewer):
        place = handout.front_at.get(("reviewed_by",), handout.place)
        hint = "name the role or the organization of the reviewer"
        problems.add(PLACEHOLDER.at(place, hint=hint, words=reviewer, context=" in reviewed_by"))
    if front.translation:
        _check_translation(front.translation, handout.front_at.get(("translation",), handout.place), problems)
    check_text_placeholders(texts, front.abbreviations, problems)


def check_attribute_placeholders(
    attributes: Iterable[PrintedText], abbreviations: Container[str], problems: Problems
) -> None:
    """Report placeholders in titles, labels and captions of blocks."""
    for text in attributes:
        for offset, words in _find_in_text(text.text):
            if words not in abbreviations:
                problems.add(PLACEHOLDER.at(text.place(offset), words=words, context=""))


def check_text_placeholders(texts: Iterable[MarkdownText], abbreviations: Container[str], problems: Problems) -> None:
    """Report placeholders in running text; `abbreviations` of the handout, such as TBC, are not."""
    for text in texts:
        # "[x]" that is printed as a ticked box stands at the start.
        start = len("[x]") if text.children and text.children[0].type == "box" else 0
        for offset, words in _find_in_text(text.markdown, start):
            if words not in abbreviations:
                problems.add(PLACEHOLDER.at(text.place(offset), words=words, context=""))


@lru_cache(_TEXTS)
def _find_in_text(text: str, start: int = 0) -> tuple[tuple[int, str], ...]:
    """Return the placeholders in a text, with their offsets."""
    found = (*_IN_TEXT.finditer(text, start), *_IN_BRACES.finditer(text, start))
    return tuple((match.start(), match.group()) for match in found)


def find_placeholders(text: str) -> Iterator[re.Match[str]]:
    """Yield the placeholders in a text."""
    return _IN_TEXT.finditer(text)


def _check_translation(translation: Translation, place: Place, problems: Problems) -> None:
    """Report whoever is named as translator or reviewer, and is nobody: the translation would count as reviewed."""
    for name in (translation.translator, translation.reviewed_by):
        if name is not None and is_placeholder_reviewer(name):
            hint = "name the role or the organization, or leave the field out"
            problems.add(PLACEHOLDER.at(place, hint=hint, words=name, context=" in translation"))


def _check_value(
    text: str,
    place: Place,
    problems: Problems,
    *,
    samples: Container[str],
    abbreviations: Container[str] = (),
    is_placeholder: bool = False,
) -> None:
    """Report a value that is a placeholder as a whole, or else each placeholder within it."""
    if text in samples:
        problems.add(PLACEHOLDER.at(place, words=text, context=" (sample text of `handouts new`)"))
    elif is_placeholder or _is_placeholder_value(text):
        problems.add(PLACEHOLDER.at(place, words=text, context=""))
    else:
        for _, words in _find_in_text(text):
            if words not in abbreviations:
                problems.add(PLACEHOLDER.at(place, words=words, context=f' in "{text}"'))


def _normalize(text: str) -> str:
    """Return the words in small letters, without punctuation and joined by underscores."""
    return "_".join(re.sub(r"[.,;!?:()\[\]<>{}\"'*_-]+", " ", text).split()).casefold()


def _is_placeholder_value(text: str) -> bool:
    normalized = _normalize(text)
    is_sample = _SAMPLE_TEXT.fullmatch(normalized.replace("_", " "))
    return not normalized or normalized in _WHOLE_VALUES or bool(is_sample)


def _is_no_answer(text: str) -> bool:
    return _is_placeholder_value(text) or _normalize(text) in _NO_ANSWERS


def is_placeholder_reviewer(reviewer: str) -> bool:
    """Return whether a text names nobody, such as "TBD"."""
    has_letters = re.search(r"[^\W\d_]", reviewer)
    is_unfilled = _UNFILLED_NAMES.fullmatch(reviewer) or _IN_TEXT.search(reviewer) or _NO_PERSON.search(reviewer)
    return not has_letters or _is_no_answer(reviewer) or bool(is_unfilled)


def is_placeholder_number(text: str, country: str) -> bool:
    """Return whether a phone number is missing or consists of filler digits."""
    digits = re.sub(r"\D", "", text)
    if _is_no_answer(text) or re.search(r"[xX#]{3}", text):
        return True
    if len(digits) < _LOCAL_DIGITS:
        return False  # a short number such as 111
    local, from_first = digits[-_LOCAL_DIGITS:], digits.lstrip("0")
    has_area_of_zeros = len(digits) >= _NATIONAL_DIGITS and digits[-_NATIONAL_DIGITS:].startswith("000")
    counts_up = len(from_first) >= _LOCAL_DIGITS and "1234567890".startswith(from_first)
    # No exchange in North America starts with 1, and 555-1234 belongs to nobody.
    is_unused = country in {"US", "CA"} and local in {"1234567", "5551234", "5555555"}
    return has_area_of_zeros or counts_up or is_unused or local in {"0000000", "1111111", "9999999"}
