"""Errors in the Markdown of a handout: code, message, hint and exact place."""

import pytest

from handouts.problems.problem import Place
from support.projects import HANDOUT, Mistake, SmallProject

WORRY = "## When should I worry? {#worry}"
SAFETY = '::: important {#safety always-with="treatment"}'
END = "medicine.\n:::\n"
LANGUAGES = "write [words]{lang=es}: es is Spanish, fr French, zh-Hant Chinese in traditional characters"
# Errors of a whole heading, block or note have a line, but no column.
ERRORS_WITH_LINE = {
    "no id": Mistake(
        WORRY, "## Crème: who's too old?", "no-id", "## C", '"Crème: who\'s too old?"', "? {#creme-whos-too-old}"
    ),
    "no letters": Mistake(WORRY, "## 是", "no-id", "## 是", 'the heading "是" has no id', "## 是 {#a-short-name}"),
    "no id of a part": Mistake(
        " {#about}", "", "no-id", "# About", '"About back pain"', "# About back pain {#about-back-pain}"
    ),
    "bad id": Mistake(
        "{#worry}", "{#Worry_1}", "bad-id", "## When", 'invalid id "Worry_1"', "lowercase letters, digits"
    ),
    "bad end": Mistake(
        "{#worry}",
        "{worry}",
        "bad-attributes",
        "## When",
        "cannot parse the attributes {worry}",
        "{#when-should-i-worry}",
    ),
    "class": Mistake("{#worry}", "{#worry .x}", "unknown-attribute", "## When", 'a heading has no attribute ".x"'),
    "citation in heading": Mistake(
        "I worry?", "I [@smith2020]?", "citation-in-heading", "## When", "cannot have a citation"
    ),
    "note in heading": Mistake(
        "I worry?", "I?[^ages]", "citation-in-heading", "## When", "a citation, note", "into the"
    ),
    "heading in a list": Mistake(
        "- with a fever", "- ## Fever {#f}", "nested-heading", "- ## F", "cannot start within"
    ),
    "id on a third level": Mistake(
        "- after", "### A {#a}\n\n- after", "subheading-attributes", "### A", "only # and ## headings"
    ),
    "section twice": Mistake(
        "{#worry}", "{#what}", "duplicate-id", "## When", 'the id "what" is already used on line 24', "each id"
    ),
    "section like a part": Mistake("{#about}", "{#what}", "duplicate-id", "## What", "already used on line 22"),
    "block like a section": Mistake(
        "#safety", "#worry", "duplicate-id", "::: important", 'the id "worry" is already used on line 28'
    ),
    "figure like a block": Mistake(
        END,
        END + "\n::: figure {#safety}\n![A](../../practices/clinic/logo.svg)\n:::\n",
        "duplicate-id",
        "::: figure",
        "on line 41",
    ),
    "empty section": Mistake("- after a fall\n- with a fever\n", "", "empty-section", "## When", 'worry?" has no text'),
    "empty part": Mistake(
        "# Treatment", "# Empty {#empty}\n\n# Treatment", "empty-part", "# Empty", '"Empty" has no section'
    ),
    "text of no section": Mistake(
        "# Treatment {#treatment}", "# Treatment {#treatment}\n\nText", "text-outside-section", "Text", ""
    ),
    "unknown block": Mistake(
        "::: important", "::: importent", "unknown-block", "::: imp", '"importent"', '"important"?'
    ),
    "unknown attribute": Mistake(
        "always-with", "alway-with", "unknown-attribute", "::: imp", '"alway-with"', '"always-with"?'
    ),
    "bad attributes": Mistake(
        'treatment"}', "treatment}", "bad-attributes", "::: imp", "cannot parse", '{#id key="value"}'
    ),
    "open block": Mistake(
        END, "medicine.\n", "unclosed-block", "::: imp", "::: important is never closed", "three colons"
    ),
    "open block in block": Mistake("Talk", "::: figure\nTalk", "unclosed-block", "::: figure", "::: figure is never"),
    "open before colons": Mistake(
        "adults.\n", "adults.\n\n::: note\n:)", "unclosed-block", "::: note", "::: note is never"
    ),
    "open in a list": Mistake("- after", "- ::: note\n  after", "unclosed-block", "- :::", "::: note is never closed"),
    "stray colons": Mistake("medicine.\n", "medicine.\n:::\n", "stray-colons", ":::\n\n[^", "neither starts nor ends"),
    "stray colons first": Mistake(WORRY, f":::\n{WORRY}", "stray-colons", ":::\n##", "neither starts nor ends a block"),
    "block without id": Mistake("#safety ", "", "no-id", "::: imp", "the important block has no id", "{#safety}"),
    "bad id of a block": Mistake("#safety", "#Safety", "bad-id", "::: imp", 'invalid id "Safety"'),
    "block in a list": Mistake(
        f"{SAFETY}\nTalk to your doctor before you take medicine.\n:::",
        f"- {SAFETY}\n  Talk to your doctor.\n  :::",
        *("nested-important", "- :::", "a block ::: important cannot stand within a block, list or quotation"),
    ),
    "block in a note": Mistake(
        "Above",
        f"{SAFETY.replace('safety', 'x')}\n    Talk\n    :::\n\n    Above",
        "nested-important",
        "[^ages]:",
        "cannot stand within",
    ),
    "no such part": Mistake(
        '"treatment"', '"treatmnt"', "unknown-part", "::: imp", '"treatmnt" matches no part', '"treatment"?'
    ),
    "no part": Mistake(
        '"treatment"', '""', "unknown-part", "::: imp", 'always-with="" matches no part', "known: about, treatment"
    ),
    "section for a part": Mistake('"treatment"', '"helps"', "unknown-part", "::: imp", '"helps" matches no part'),
    "unused note": Mistake(
        "[^ages]\n", "\n", "unused-note", "[^ages]:", "no mark refers to the note [^ages]", "add the mark"
    ),
    "empty note": Mistake("Above all in adults.", "", "empty-note", "[^ages]:", "the note [^ages] has no text"),
    "note twice": Mistake(
        "[^ages]: A", "[^ages]: x\n\n[^ages]: A", "duplicate-note", "[^ages]: A", "already defined on line 45"
    ),
    "deep list": Mistake("- after", "- " * 12 + "after", "nested-too-deeply", "- - - ", "nested too deeply"),
}
ICONS = [
    "",
    " {count=2}",
    " {count=x of=3}",
    " {count=-1 of=3}",
    " {count=4 of=3}",
    " {count=0 of=0}",
    " {count=2 of=101}",
]
PLACES = [
    "Text {}.",
    "A line\nand {} on the next.",
    "A line  \n   and an indented one {}",
    "{} and {}: the second",
    "`{}` and {}: the second",
    "- an item\n- another {}",
    "- an item\n  going on {}",
    "1. one\n   - two\n     three {}",
    "> quoted\n> {}",
    "> - quoted\n>   {}",
    "*emphasis {}*",
    "### A heading {}",
    "### A heading {} ##",
    "A line\n{}\n\n---",
    "| A | B |\n|---|---|\n| a | {} |",
    "| A {} | B |\n|---|---|\n| a | b |",
    "A | B\n--|--\n{} | {}",
    "| A \\| a | B |\n|---|---|\n| `x` \\| {} | c \\| {} |",
    "- | A | B |\n  |---|---|\n  | a | {} |",
    "::: note\nText\n\n- item {}\n:::",
    ":::: note\n::: note\nText {}\n:::\n::::",
    "Text[^n]\n\n[^n]: A note {}",
    "Text[^n]\n\n[^n]:\n    A note\n    {}",
    "Text[^n]\n\n[^n]: A note\n\n    - more {}",
    "é😀\t{}",
]


@pytest.mark.parametrize("mistake", ERRORS_WITH_LINE.values(), ids=ERRORS_WITH_LINE)
def test_error_has_line(project: SmallProject, mistake: Mistake) -> None:
    project.check_mistake(HANDOUT, mistake._replace(column=False))


@pytest.mark.parametrize("attributes", ICONS)
def test_invalid_numbers_of_an_icon_array(project: SmallProject, attributes: str) -> None:
    project.replace(HANDOUT, "- after a fall", f"::: icon-array{attributes}\nSome of us\n:::\n\n- after a fall")
    place = Place(HANDOUT, project.place(HANDOUT, "::: icon").line)
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("bad-icon-array", place)
    assert problem.message == "count and of have to be whole numbers, with count no larger than of"
    assert problem.hint == "write {count=2 of=3}, at most 100"


@pytest.mark.parametrize(
    ("mark", "code", "message", "hint"),
    [
        ("[@smiht2020]", "unknown-reference", 'no reference "smiht2020"', 'did you mean "smith2020"?'),
        ("[@smith2020; @jonse2021]", "unknown-reference", 'no reference "jonse2021"', 'did you mean "jones2021"?'),
        (
            "[@smith2020, @jones2021]",
            "bad-citation",
            "[@smith2020, @jones2021] is not a citation",
            "write [@id] or [@id; @other-id]",
        ),
        (
            "[see @smith2020, p. 3]",
            "bad-citation",
            "[see @smith2020, p. 3] is not a citation",
            "write [@id] or [@id; @other-id]",
        ),
        ("[@ smith2020]", "bad-citation", "[@ smith2020] is not a citation", "write [@id] or [@id; @other-id]"),
        (
            "![Bones](x.svg)",
            "missing-file",
            "file not found: x.svg",
            "put it into content/handouts/back/, or correct its name",
        ),
        ("[^age]", "unknown-note", "no note [^age]", 'did you mean "ages"?'),
        (
            "[adiós *a*]{.es}",
            "bad-passage",
            "{.es} does not name the language of the words before it (BCP 47)",
            LANGUAGES,
        ),
        (
            "[a]{lang=es lang=fr}",
            "bad-passage",
            "{lang=es lang=fr} does not name the language of the words before it (BCP 47)",
            LANGUAGES,
        ),
        (
            "[a]{lang=es_MX}",
            "bad-passage",
            "{lang=es_MX} does not name the language of the words before it (BCP 47)",
            LANGUAGES,
        ),
    ],
)
@pytest.mark.parametrize("text", PLACES)
def test_error_has_line_and_column(
    project: SmallProject, text: str, mark: str, code: str, message: str, hint: str
) -> None:
    if code == "unknown-note" and "[^n]:" in text:
        code, message, hint = "note-in-note", "the note [^n] has a note itself", "write it as part of the text"
    wrong = mark.join(text.rsplit("{}", 1)).replace("{}", mark if text.startswith("`") else "[^ages]")
    project.replace(HANDOUT, "- after a fall", f"{wrong}\n\n- after a fall")
    lines = wrong.split("\n")
    line = next(number for number, line in enumerate(lines) if mark in line)
    place = Place(HANDOUT, project.place(HANDOUT, WORRY).line + 2 + line, lines[line].rindex(mark) + 1)
    (problem,) = project.problems()
    assert (problem.code, problem.message, problem.place, problem.hint) == (code, message, place, hint)
