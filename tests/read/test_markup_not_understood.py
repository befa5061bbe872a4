"""Unrecognized markup is an error with its place, in Markdown and in YAML; text that only looks like it is not."""

import pytest

from handouts.problems.problem import Place
from support.projects import HANDOUT, PRACTICE, REFERENCES, SmallProject
from support.shipped import ROOT

INSERT = "content/practices/clinic/more.md"
# Markup within a line, and the piece of it that the error points at.
INLINE = {
    "field with spaces": ("Call {{ practice phone }}.", "{{"),
    "open field": ("Call {{ practice.phone.", "{{"),
    "template command": ("{% if a %}x{% endif %}", "{% if"),
    "template comment": ("Ask {# todo #} us", "{#"),
    "tag": ("line<br>break", "<br>"),
    "closing tag": ("so </sub> it", "</sub>"),
    "tag with attributes": ("a <span class='x'>b", "<span"),
    "placeholder": ("Dear <your name>,", "<your"),
    "processing instruction": ("a <?php x ?> b", "<?php"),
    "subscript after a digit": ("10~2~", "~2~"),
    "struck out": ("is ~~never~~ so", "~~never~~"),
    "struck out with one tilde": ("is ~never ever~ so", "~never"),
    "inline note": ("so^[A note.] it", "^["),
    "bare citation": ("As @smith2020 says", "@smith2020"),
    "attributes": ("a picture {width=50%}", "{width"),
    "class": ("a word {.big}", "{.big}"),
    "id": ("a word {#here}, so", "{#here}"),
    "kramdown attributes": ("a word {: .big}", "{: .big}"),
    "box without a space": ("[ ]Rest", "[ ]"),
    "box of two brackets": ("[] Rest", "[]"),
    "dollar formula": ("BMI is $m/h^2$.", "$m/h^2$"),
    "letter formula": ("where $x$ is", "$x$"),
    "displayed formula": ("so $$x + y$$ is", "$$"),
    "TeX": ("so \\newpage it", "\\newpage"),
    "bold with spaces": ("is ** never ** so", "** never **"),
    "unclosed bold": ("is **never so", "**never"),
    "unopened bold": ("is never** so", "** so"),
    "unclosed italics": ("is *never so", "*never"),
    "unopened italics": ("is never* so", "* so"),
    "unclosed underscore": ("is _it so", "_it"),
    "unopened underscore": ("is it_ so", "_ so"),
    "link with a space": ("[NHS](https://a.example/my file.pdf)", "](https"),
    "link by name": ("[NHS][here] it", "][here"),
    "wiki link": ("[[Ankle]] it", "[[Ank"),
    "mark": ("is ==this== so", "==this=="),
    "inserted": ("is ++this++ so", "++this++"),
    "emoji": ("so :smile: it", ":smile:"),
    "note of two words": ("so[^a note] it", "[^a"),
    "entity": ("a &unknown; b", "&unknown;"),
    "alert": ("[!NOTE] Ask", "[!NOTE]"),
    "table of contents": ("[TOC] it", "[TOC]"),
    "deleted while changes were tracked": ("take {--5 mg--} it", "{--5"),
    "comment of a reviewer": ("take it {>>check this<<} so", "{>>check"),
}
# Text before and after the markup.
AROUND = {
    "paragraph": ("Text ", ""),
    "second line": ("A line\n  and ", ""),
    "item": ("- an item\n- another ", ""),
    "nested item": ("1. one\n   - two ", ""),
    "quotation": ("> quoted\n> and ", ""),
    "cell": ("| A | B |\n|---|---|\n| a \\| x | b ", " |"),
    "heading": ("### About ", ""),
    "caption": ("::: figure\n![A](../../practices/clinic/logo.svg)\n\nSee ", "\n:::"),
    "note": ("Text[^n]\n\n[^n]: So ", ""),
    "emphasis": ("*so* `x` **and** \\~ &amp; ", ""),
    "behind a comment": ("Text <!-- a --> and <!-- b\n c --> so ", ""),
}
# What is markup only at the start of a line.
LINES = {
    "definition of two lines": ("Two\nlines\n: meaning of it", ": meaning"),
    "definition of nothing": (": meaning of it", ": meaning"),
    "two colons": (":: note", ":: note"),
    "table without a rule": ("| one | two |\n| three | four |", "| one"),
    "rule of too many columns": ("one | two\n--|--|--", "--|--|--"),
    "grid table": ("+---+---+\n| a | b |", "+---+---+"),
    "bullets": ("• one\n• two", "• one"),
    "circle": ("◦ one", "◦"),
    "dash": ("\u2013 one", "\u2013"),
    "dashes on later lines": ("Do:\n\u2013 one\n\u2013 two", "\u2013 one"),
    "bullet of Word": ("o\tone", "o\tone"),
    "bullet of Word with spaces": ("Do:\no   one\no   two", "o   one"),
    "bullet of Symbol": ("Do:\n\uf0b7 one", "\uf0b7 one"),
    "table with tabs": ("Morning\t5 mg\nNoon\t10 mg", "Morning"),
    "table with tabs and empty cells": ("Do:\nMorning\t\t5 mg\nNoon\t10 mg\t", "Morning"),
    "days on lines": ("Take\nMonday: 5 mg\nTuesday: 10 mg", "Monday"),
    "names and numbers on lines": ("Front desk: 01 \n2nd desk: 02", "Front desk"),
    "list of small letters without a space": ("1.one\n2.two", "1.one"),
    "list that starts with an accent": ("1.\u00c9l", "1.\u00c9l"),
    "list by capitals": ("A. one\nB. two", "A. one"),
    "list by Roman numbers": ("i) one\nii) two", "i) one"),
    "heading without a space": ("##Next {#next}", "##Next"),
    "small heading without a space": ("#Next", "#Next"),
    "numbered heading without a space": ("##2 Next", "##2"),
    "too many #": ("####### Next", "####### N"),
    "admonition": ("!!! note", "!!! note"),
}
# What is text: prices, amounts, signs, names, brackets, addresses, lines to write on.
SAFE = [
    "$5 and $10",
    "$5-$10 or 5$",
    "It costs $5/$6_a.",
    "~5 mg",
    "~ 5 mg",
    "~5-~10 mg",
    "~five mg to ~six",
    "^",
    "10^9",
    "a < b > c",
    "pH < 5.5",
    "< 5 mm, > 7 mm",
    "<3",
    "5 <= 6 >= 4 => 3",
    "C:\\Users\\name",
    "and\\or",
    "us@clinic.example.org",
    "@ 5 pm",
    "@home",
    "12 @ 5 mg",
    "#300",
    "room #4",
    "# of pills",
    "#1 rule",
    "50% {of}",
    "{a} {5}",
    "(a) [see page 2]",
    "[x] (y)",
    "[x] {y}",
    "5'10\"",
    "Q&A",
    "AT&T; R&D; M&S;",
    "salt & water",
    "5 * 3",
    "5 * 3 * 2",
    "5*3",
    "*",
    "HLA-B*27",
    "a_b_c",
    "snake_case __ x",
    "____mg ____ a day",
    "With: ____ on: ____ / ____ at ____ : ____",
    "____________________",
    "don`t",
    "C++ and Na++",
    "2 + 2 = 4",
    "1:2 and 7:30 am: rest",
    "Note: this :) too",
    "a | b | c",
    "!! Stop !!",
    "(!) [?]",
    "80/20 \u2013 as said",
    "1--2 -- or so",
    "\u00b1 5 % \u2265 6",
    "page 5-6; 3.5-4",
    "http://a.example/~me/a_b_c",
    "Dr. O'Neill's \"tip\"",
    "\u20ac5 and \u00a35",
    "5% and 100%}",
    "\u2192 rest, x \u2190 y",
    "M\u00fcller & S\u00f6hne (#2)",
    "1.5 mg or 2.am",
    "a\tb",
]


def add_text(project: SmallProject, text: str, piece: str) -> Place:
    """Add text to a section; return the place of a piece of it."""
    project.replace(HANDOUT, "- after a fall", f"{text}\n\n- after a fall")
    before = text[: text.rindex(piece)]
    first = project.place(HANDOUT, "## When should I worry?").line + 2
    return Place(HANDOUT, first + before.count("\n"), len(before) - before.rfind("\n"))


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("kind", INLINE)
def test_place_of_markup_in_markdown(project: SmallProject, kind: str, around: str) -> None:
    (markup, piece), (before, behind) = INLINE[kind], AROUND[around]
    place = add_text(project, f"{before}{markup}{behind}", piece)
    found = project.problems()
    if around == "heading" and markup.endswith("}"):  # where a heading may have an id
        assert found[0].code == "subheading-attributes"
        assert found[0].place == Place(HANDOUT, place.line)
    else:
        assert {problem.code for problem in found} == {"unknown-markup"}, found
        assert place in {problem.place for problem in found}, found


@pytest.mark.parametrize("kind", LINES)
def test_place_of_markup_at_the_start_of_a_line(project: SmallProject, kind: str) -> None:
    text, piece = LINES[kind]
    place = add_text(project, text, piece)
    found = project.problems()
    assert found[0].code == "unknown-markup", found
    assert found[0].place in {place, Place(HANDOUT, place.line)}


@pytest.mark.parametrize("text", SAFE)
def test_text_that_only_looks_like_markup(project: SmallProject, text: str) -> None:
    add_text(project, f"{text.removeprefix('# ')}\n\n- It is {text}\n\n### {text} it is\n\n> It is {text}", text)
    cell = text.replace("|", "\\|").replace("[x]", "so [x]")
    project.replace(HANDOUT, "| Walking |", f"| {cell} |")
    quoted = f"'{text.replace(chr(39), chr(39) * 2)}'"
    project.replace(HANDOUT, "What can I do?", quoted)
    project.replace(PRACTICE, "Your pain gets worse.", quoted)
    project.replace(REFERENCES, "Back pain in adults", quoted)
    assert project.problems() == ()


@pytest.mark.parametrize(
    "text",
    [
        "Monday: 5 mg.\nTuesday: 10 mg.",
        "Monday: 5 mg\\\nTuesday: 10 mg",
        "Monday: 5 mg  \nTuesday: 10 mg",
        "- Monday: 5 mg\n- Tuesday: 10 mg",
        "Pain medicine: take it as your doctor has told you, and call us if it gets worse, or if you need\nMore: ask",
        "They have hepatitis\nB. They may\n\u2013 so it is\nrest, o\no so",
    ],
)
def test_lines_that_may_be_joined(project: SmallProject, text: str) -> None:
    add_text(project, text, text[:1])
    assert project.problems() == ()


def test_a_backslash_prints_a_character(project: SmallProject) -> None:
    text = "H\\~2\\~O, 10\\^9^, \\*never\\*, \\<br>, \\[ \\], \\> 5, \\$x\\$, a \\| b, \\==a\\=="
    add_text(project, f"{text}\n\n&lt;b&gt; `a*b*c <b> ~x~`\n\n\\#Next\n\n\\+ 5 kg\n\n\\| a | b |\n\n\\: so", "H")
    assert project.problems() == ()


@pytest.mark.parametrize(
    "text", ["`{{ practice.phone }}`", "``` \n{{ practice.phone }}\n```", "[a](https://a.example/{{b}})"]
)
def test_fields_are_found_in_code_and_addresses_too(project: SmallProject, text: str) -> None:
    place = add_text(project, text, "{{")
    assert [(problem.code, problem.place) for problem in project.problems()] == [("unknown-markup", place)]


def test_the_description_of_a_picture_and_the_title_of_a_block(project: SmallProject) -> None:
    place = add_text(project, "![A bone of 10^9^ cells](../../practices/clinic/logo.svg)", "![")
    project.replace(HANDOUT, "{#safety", '{#safety title="H~2~O"')
    block = project.place(HANDOUT, "::: important")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("unknown-markup", place),
        ("markup-in-heading", Place(HANDOUT, block.line)),
    ]


def test_titles_of_sections(project: SmallProject) -> None:
    project.replace(HANDOUT, "## What helps?", "## What about H~~2~~O?")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("unknown-markup", project.place(HANDOUT, "~~2~~"))
    ]


def test_a_reference_cited_without_brackets(project: SmallProject) -> None:
    project.replace(REFERENCES, "id: jones2021", "id: back-book")
    project.replace(HANDOUT, "[@jones2021]", "as @back-book says, @back-page too")
    (problem,) = project.problems()
    assert problem.place == project.place(HANDOUT, "@back-book")


def test_markup_in_an_insert(project: SmallProject) -> None:
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    project.write(INSERT, "<!-- the clinic's\n own text --> Call {{ practice phone }}.\n")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("unknown-markup", Place(INSERT, 2, 20))


FIELDS = {
    HANDOUT: [
        *("title: Back pain", "code: HO-1", 'version: "1.0"', "audience: For people with back pain"),
        "main_message: Most back pain gets better in a few weeks.",
        "disclaimer: This handout does not replace a talk with your doctor.",
        *(
            "  - back pain",
            "  - Keep moving.",
            "  - What can I do?",
            "  - term: vertebra",
            "    meaning: A bone of the back.",
        ),
    ],
    PRACTICE: [
        *("name: Harbor Clinic", "  - 1 Harbor Street", "  - {label: Front desk", 'number: "999"'),
        *("  text: Call 999 if a life is in danger.", "  - {days: Monday to Friday", "  - Your pain gets worse."),
    ],
    REFERENCES: [
        *("    title: Back pain in adults", "    container-title: Spine", "    publisher: Harbor Press"),
        *('    volume: "45"', "    page: 12-18", "      - {family: Smith"),
    ],
}
IN_TEXTS = [
    *(
        "{{ practice phone }}",
        "H~2~O",
        "10^9^",
        "<i>E coli</i>",
        "a<br>b",
        "~~x~~",
        "a &amp; b",
        "[ ] ask",
        "<!-- x -->",
    ),
    *("**b**", "_it_", "`x`", "[@a]", "[a](b)", "## A", "$x^2$"),
]


# The inline markup that titles and names of references may have.
ALLOWED = {"H~2~O", "10^9^", "<i>E coli</i>"}
WITH_INLINE_MARKUP = {"    title: Back pain in adults", "    container-title: Spine", "    publisher: Harbor Press"}


@pytest.mark.parametrize("markup", IN_TEXTS)
def test_markup_in_yaml(project: SmallProject, markup: str) -> None:
    places = []
    for file, line in ((file, line) for file, lines in FIELDS.items() for line in lines):
        at = max(line.rfind(": "), line.rfind("- ")) + 2
        place = project.place(file, line)
        is_allowed = markup in ALLOWED and line in WITH_INLINE_MARKUP
        if not is_allowed and not ("&amp;" in markup and file == REFERENCES):
            places.append(Place(file, place.line, place.column + at))
        project.replace(file, line, f'{line[:at]}"{markup}"')
    problems = [problem for problem in project.problems() if problem.code != "broken-reference"]
    assert {problem.code for problem in problems} == {"markup-in-text"}
    assert {problem.place for problem in problems} == {*places}
    assert len(problems) == len(places)
    assert all(problem.hint for problem in problems)


def test_markup_in_labels(project: SmallProject) -> None:
    labels = (ROOT / "templates/labels.en.yaml").read_text(encoding="utf-8")
    project.write("templates/labels.en.yaml", labels.replace("The main point", "The <b>main</b> point"))
    ran = project.run("build", "-f", "text")
    assert ran.code == 1
    assert "templates/labels.en.yaml:8:15: error[markup-in-text]" in ran.err
