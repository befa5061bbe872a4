"""Text that Markdown would drop, renumber or print with another sense is an error; similar text is not."""

import pytest

from handouts.problems.problem import Place
from support.projects import HANDOUT, SmallProject

# A text, the code of its error, the piece that the error points at, and whether its place has a column.
CHANGED = {
    "more than": ("Call if it is\n\n> 38 °C", "sign-as-mark", "> 38", True),
    "more than without a space": ("Call if it is\n>38 °C", "sign-as-mark", ">38", True),
    "more than or equal": ("Call if it is\n\n>= 38 °C", "sign-as-mark", ">= 38", True),
    "more than a decimal": ("> .5 mg", "sign-as-mark", "> .5", True),
    "more than an amount": ("> $5", "sign-as-mark", "> $5", True),
    "more than a minus": ("> -5", "sign-as-mark", "> -5", True),
    "more than in an item": ("- > 38 °C", "sign-as-mark", "> 38", True),
    "more than in a quotation": ("> said\n>\n> - so\n> > 38 °C", "sign-as-mark", "> 38", True),
    "more than on a second line": ("> a fever\n> 38 °C", "sign-as-mark", "> 38", True),
    "more than in a note": ("Text[^n]\n\n[^n]: > 38 °C", "sign-as-mark", "> 38", True),
    "more than behind a comment": ("<!-- a\n b --> > 38 °C", "sign-as-mark", "> 38", True),
    "plus": ("Call at\n\n+ 5 kg in a week", "sign-as-mark", "+ 5", True),
    "plus in an item": ("- a\n  + b", "sign-as-mark", "+ b", True),
    "minus": ("You lost\n\n- 5 kg", "sign-as-mark", "- 5 kg", True),
    "minus below a line": ("You lost\n- 5.5 %", "sign-as-mark", "- 5.5", True),
    "times": ("Take it\n\n* 2", "sign-as-mark", "* 2", True),
    "product": ("It is 5*3*2 mg", "sign-as-mark", "*3*2", True),
    "strong product": ("It is 5**3**2 mg", "sign-as-mark", "*3**", True),
    "marks at a number": ("| A |\n|---|\n| *a*5 |", "sign-as-mark", "*5", True),
    "line to write on": ("Date: __/__/____", "sign-as-mark", "_/__/", True),
    "overridden direction": ("Take &#x202e;12 mg&#x202c; daily", "hidden-character", "Take", True),
    "break of no width in a dose": ("Take 1&#x200b;0 mg", "hidden-character", "Take", True),
    "list without spaces": ("1.Take 5 mg\n2.Take 6 mg", "unknown-markup", "1.Take", True),
    "list by letters": ("Do this: a) crush it\nb) swallow it", "unknown-markup", "b) swallow", True),
    "line below a quotation": ("> said\nand so on", "unmarked-quotation", "and so", False),
    "list out of order": ("1. a\n2. b\n4. c", "list-numbers", "4. c", False),
    "list that counts twice": ("1. a\n2. b\n2. c", "list-numbers", "2. c", False),
    "list backwards": ("1. a\n   1. b\n   3. c\n2. d", "list-numbers", "3. c", False),
    "extra cell": ("| A | B |\n|---|---|\n| 1 | 2 | 3 |", "uneven-row", "| 1 |", False),
    "extra cell without bars around": ("A | B\n--|--\n1 | 2 | 3", "uneven-row", "1 | 2", False),
    "missing cell": ("| A | B |\n|---|---|\n| 1 | 2 |\n| 4 |", "uneven-row", "| 4 |", False),
    "missing cell in an item": ("- | A | B |\n  |---|---|\n  | 4 |", "uneven-row", "| 4 |", False),
    "text below a table": ("| A | B |\n|---|---|\n| 1 | 2 |\nand so on", "text-below-table", "and so", False),
    "text below a table of one column": ("| A |\n|---|\n| 1 |\nand so on", "text-below-table", "and so", False),
    "rule below text": ("Text\n---", "underlined-heading", "Text", False),
    "equals below text": ("- Text\n  ===", "underlined-heading", "- Text", False),
    "set in": ("Text\n\n    more text", "indented-text", "    more", False),
    "set in in an item": ("- Text\n\n      more text", "indented-text", "      more", False),
    "open fence": ("```\nText", "unclosed-code", "```", False),
    "language of code": ("``` note\nText\n```", "unknown-markup", "``` note", False),
    "definition": ("[Warning]: word", "unused-definition", "[Warning]", False),
    "definition of an address": ("Text\n\n[x]: https://a.example", "unused-definition", "[x]", False),
    "definition of a title": (
        '[a][x]\n\n[x]: https://a.example "Warning"', "title-not-printed", "[a]", True,
    ),
    "definition given twice": ("[x]\n\n[x]: https://a.example\n[X]: Warning", "unused-definition", "[X]", False),
    "title of a link": ('Ask [a](https://a.example "Warning")', "title-not-printed", "[a]", True),
    "title of a picture": ("See ![A](../../practices/clinic/logo.svg 'Warning')", "title-not-printed", "![A]", True),
    "link without words": ("See [](https://a.example) now", "empty-link", "[](", True),
    "link of spaces": ("See [\u200b ][x]\n\n[x]: https://a.example", "empty-link", "[\u200b", True),
    "two titles of a block": ("::: note {title=a title=b}\nText\n:::", "bad-attributes", "::: note", False),
    "comment in attributes": ("::: note {% Warning %}\nText\n:::", "bad-attributes", "::: note", False),
}  # fmt: skip
UNCHANGED = [
    "> Most people get better.\n> They do so within 5 weeks.\n>\n> - 5 mg a day\n> - 6 mg a day\n>\n> 1. one\n> 2. two",
    "> \\> 38 °C",
    "It is > 38 °C and\nabove 5 kg > 4 kg",
    "- 5 mg\n- 6 mg",
    "- 2 tablets in the morning",
    "Take\n\n- 5 mg of one and then some",
    "* one\n* 2",
    "1. a\n1. b\n1. c",
    "1. a\n2. b\n\n   more\n\n3. c",
    "1) a\n2) b",
    "01. a\n02. b",
    "| A | B |\n|---|---|\n| 1 | |\n||2|\n| a \\| b | `c` |",
    "A | B\n--|--\n1 | 2\n3 | so",
    "| A |\n|---|\n| |\n||",
    "> | A | B |\n> |---|---|\n> | 1 | 2 |",
    "Text\n\n---\n\n***\n\n* * *\n\nText",
    "```\n  as typed\n```\n\n~~~\nso\n~~~",
    "- a\n\n  ```\n  b\n  ```",
    "See [\u2192](https://a.example), [**a**](https://a.example), [{{ practice.phone }}](https://a.example)",
    "See [a][x], [x] and [x][].\n\n[x]: https://a.example",
    "*a* **b** ***c*** _d_ __e__ (*f*) 5 **mg** *5* mg",
    "Line one\\\nline two  \nline three",
]


@pytest.mark.parametrize("kind", CHANGED)
def test_a_change_of_sense_is_an_error_where_it_stands(project: SmallProject, kind: str) -> None:
    text, code, piece, has_column = CHANGED[kind]
    project.replace(HANDOUT, "- after a fall", f"So:\n\n{text}\n\n## Next {{#next}}\n\n- after a fall")
    before = text[: text.rindex(piece)]
    first = project.place(HANDOUT, "## When should I worry?").line + 4
    column = len(before) - before.rfind("\n") if has_column else 0
    found = project.problems()
    place = Place(HANDOUT, first + before.count("\n"), column)
    assert (code, place) in {(problem.code, problem.place) for problem in found}, found
    assert all(problem.hint for problem in found if problem.code == code != "bad-attributes")


@pytest.mark.parametrize("text", UNCHANGED)
def test_text_whose_sense_does_not_change(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after a fall", f"{text}\n\n## Next {{#next}}\n\n- after a fall")
    assert project.problems() == ()
