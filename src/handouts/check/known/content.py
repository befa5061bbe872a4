"""What can be wrong with the text of a handout, and with practices that build on others."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_TEXT: Final = "docs/authors.md: how a handout is written, so that any choice of its sections is whole"
_MARKDOWN: Final = "docs/authors.md, what is understood: text, lists, tables, links, citations, notes, blocks, pictures"
_COMMONMARK: Final = "CommonMark 0.31 (https://spec.commonmark.org/0.31.2), which prints it otherwise or not at all"
_AMA: Final = "AMA Manual of Style, 11th ed, 3.5 and 3.6 (https://academic.oup.com/amamanualofstyle)"
_WCAG: Final = "WCAG 2.2, 1.1.1, 1.3.1 and 3.1.2 (https://www.w3.org/TR/WCAG22); PDF/UA-1, ISO 14289-1, 7.3 and 7.4.2"
_PIF: Final = "PIF TICK criteria, clinical review and review dates (https://piftick.org.uk)"

RULES: Final = (
    Rule("empty-handout", _ERROR, "a handout without text", "There is nothing to print.", _TEXT),
    Rule(
        "no-front-matter",
        _ERROR,
        "a file without front matter",
        "Title, version, dates and disclaimer have to be on every print.",
        _TEXT,
    ),
    Rule(
        "markup-in-heading",
        _ERROR,
        "Markdown or a citation in a title",
        "Titles are also names in the PDF and in lists, without markup.",
        _TEXT,
    ),
    Rule(
        "text-outside-section",
        _ERROR,
        "text before the first section",
        "No choice of sections would ever print it.",
        _TEXT,
    ),
    Rule("empty-section", _ERROR, "a section without text", "A question without an answer.", _TEXT),
    Rule("empty-part", _ERROR, "a part without sections", "A heading with nothing below it.", _TEXT),
    Rule(
        "no-id",
        _ERROR,
        "a section, part or block without an id",
        "People choose sections by id, also after the wording has changed.",
        _TEXT,
    ),
    Rule(
        "nested-heading",
        _ERROR,
        "a section starts within a block, list or quote",
        "It could not be printed by itself.",
        _TEXT,
    ),
    Rule(
        "unknown-markup",
        _ERROR,
        "markup that is not understood",
        "Patients would see the marks: 10^9^ reads as another number than the one that was meant.",
        _MARKDOWN,
    ),
    Rule(
        "open-comment",
        _ERROR,
        "a comment that is never closed",
        "Nobody can tell what follows is a remark, and what is for patients.",
        _COMMONMARK,
    ),
    Rule(
        "sign-as-mark",
        _ERROR,
        "a sign in front of a number that is a mark of Markdown",
        'The sense would change: "> 38 °C" would be printed as 38 °C, and "+ 5 kg" with a bullet.',
        _COMMONMARK,
    ),
    Rule(
        "unmarked-quotation",
        _ERROR,
        "a line right below a quotation, without its mark",
        "It would be printed as part of what somebody else said.",
        _COMMONMARK,
    ),
    Rule(
        "list-numbers",
        _ERROR,
        "a numbered list whose numbers are not in order",
        "Markdown counts anew: step 4 would be printed as step 3, and references to it would lead elsewhere.",
        _COMMONMARK,
    ),
    Rule(
        "uneven-row",
        _ERROR,
        "a row of a table with more or fewer cells than columns",
        "What is too much would be dropped, and what is missing could be a dose under the wrong heading.",
        "GitHub Flavored Markdown, tables (https://github.github.com/gfm/#tables-extension-)",
    ),
    Rule(
        "underlined-heading",
        _ERROR,
        "a line of --- or === right below text",
        "The text above the line would become a heading.",
        _COMMONMARK,
    ),
    Rule(
        "indented-text",
        _ERROR,
        "text set in by four spaces or more",
        "It would be printed as code, as it is typed, with its marks.",
        _COMMONMARK,
    ),
    Rule(
        "unused-definition",
        _ERROR,
        "a line that defines a link that is not there",
        'Such a line is never printed: "[Warning]: text" would vanish.',
        _COMMONMARK,
    ),
    Rule(
        "title-not-printed",
        _ERROR,
        "a title of a link or picture",
        "Web pages show it under the pointer, paper not at all: its words would be lost.",
        _COMMONMARK,
    ),
    Rule("list-start", _ERROR, "a numbered list does not start with 1", "It would be printed as if it did.", _TEXT),
    Rule(
        "nested-too-deeply",
        _ERROR,
        "lists, quotes or blocks within one another, too deep",
        "Nobody can follow it on paper.",
        _TEXT,
    ),
    Rule(
        "stray-colons",
        _ERROR,
        "a line of colons that is no block",
        "It takes up what follows, but says nothing of it.",
        _TEXT,
    ),
    Rule(
        "unknown-block",
        _ERROR,
        "a block of an unknown name",
        "It would be printed as plain text, without what makes it safe.",
        _TEXT,
    ),
    Rule("unclosed-block", _ERROR, "a block that is never closed", "All that follows would be part of it.", _TEXT),
    Rule(
        "empty-block", _ERROR, "a block without text, or a figure without a picture", "A frame around nothing.", _TEXT
    ),
    Rule(
        "nested-important",
        _ERROR,
        "an important block within something else",
        "It has to come along by itself, whatever is chosen.",
        _TEXT,
    ),
    Rule("bad-attributes", _ERROR, "attributes that cannot be read", "They would be left out without a word.", _TEXT),
    Rule(
        "unknown-attribute",
        _ERROR,
        "an attribute that there is not",
        "A mistyped attribute would be left out without a word.",
        _TEXT,
    ),
    Rule(
        "bad-icon-array",
        _ERROR,
        "numbers of people that make no sense",
        "A wrong picture of a risk is worse than none.",
        _TEXT,
    ),
    Rule(
        "unknown-part",
        _ERROR,
        "a block is bound to a part that is not there",
        "Safety information would not come along with what it belongs to.",
        _TEXT,
    ),
    Rule(
        "unknown-section",
        _ERROR,
        "a section, part or block is named that is not there",
        "What was meant would not be printed.",
        _TEXT,
    ),
    Rule(
        "unknown-handout", _ERROR, "an insert is for a handout that is not there", "It would never be printed.", _TEXT
    ),
    Rule("empty-insert", _ERROR, "an insert without text", "A box with nothing in it.", _TEXT),
    Rule("heading-in-insert", _ERROR, "an insert has a heading of a section", "It stands within one.", _TEXT),
    Rule(
        "important-in-insert",
        _ERROR,
        "an insert has an important block",
        "Safety information is the author's, so that all practices hand out the same.",
        _TEXT,
    ),
    Rule("bad-link", _ERROR, "a link leads nowhere", "Nobody could follow it.", _TEXT),
    Rule("unknown-anchor", _ERROR, "a link leads to an id that is not there", "Nobody could follow it.", _TEXT),
    Rule(
        "bad-citation",
        _ERROR,
        "brackets that look like a citation and are none",
        "The source would be missing, and the brackets printed.",
        _AMA,
    ),
    Rule(
        "unknown-reference", _ERROR, "a source is cited that is not in the list", "A number would lead nowhere.", _AMA
    ),
    Rule("broken-reference", _ERROR, "a source is cited that has errors", "It cannot be printed in the list.", _AMA),
    Rule(
        "citation-in-heading",
        _ERROR,
        "a citation, note or picture in a title",
        "Titles also stand in lists and in the PDF's outline, where numbers lead nowhere.",
        _AMA,
    ),
    Rule(
        "citation-in-link",
        _ERROR,
        "a citation or note in the text of a link",
        "A link cannot lead to two places.",
        _AMA,
    ),
    Rule(
        "citation-in-description",
        _ERROR,
        "a citation or note in a picture's description",
        "It is read aloud, not printed: a number in it would lead nowhere.",
        _AMA,
    ),
    Rule("unknown-note", _ERROR, "a mark of a note that is not there", "Readers would look for it in vain.", _AMA),
    Rule("unused-note", _ERROR, "a note that no mark leads to", "It would never be printed.", _AMA),
    Rule("duplicate-note", _ERROR, "a note is given twice", "Nobody could tell which is meant.", _AMA),
    Rule("empty-note", _ERROR, "a note without text", "Readers would look for it in vain.", _AMA),
    Rule(
        "note-in-note",
        _ERROR,
        "a note that has a note itself",
        "Symbols at the foot of a section lead nowhere further.",
        _AMA,
    ),
    Rule(
        "bad-passage",
        _ERROR,
        "words in another language, with no language",
        "They would be read in the wrong voice.",
        _WCAG,
    ),
    Rule(
        "heading-skipped",
        _ERROR,
        "a heading skips a level",
        "Whoever jumps from heading to heading thinks that something is missing.",
        _WCAG,
    ),
    Rule("no-description", _ERROR, "a picture without a description", "Who cannot see it is told nothing.", _WCAG),
)
