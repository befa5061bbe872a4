"""Blocks: what they print, in which order, and the mistakes that authors make with them."""

import re

import pytest

from handouts.problems.problem import Place
from support.composed import composed_as, page_and_text
from support.projects import HANDOUT, PRACTICE, SmallProject

FIRST = "- after a fall"
LOGO = "../../practices/clinic/logo.svg"
STEPS = f"::: steps\n1. ![Stand]({LOGO}) Stand up.\n2. ![Sit]({LOGO})\n\n   Sit down.\n:::"
ROW = f"::: figures\n![One]({LOGO}) First\n\n![Two]({LOGO})\n:::"
BESIDE = f"::: figure {{side=right width=30%}}\n![One]({LOGO})\n\nText\n\n- so\n:::"
CODE = '::: qr {url=https://a.example.org/more caption="Read on"}\n:::'
PRINTED = {
    "boxed-warning": (
        '::: boxed-warning {title="Take care"}\nHot.\n:::',
        r'"boxed-warning">\n<h4 class="block-title">',
    ),
    "form": ('::: form\n[__]{#a label="A"}\n:::', r'<div class="form">\n<p><span class="blank"'),
    "teach-back": ("::: teach-back\nSay it.\n:::", '<div class="teach-back">'),
    "tear-off": (
        "::: tear-off {#slip}\nName\n:::",
        r'"tear-off" id="section-slip">\n<p class="cut" aria-hidden="true">✂',
    ),
    "signature": ('::: signature {label="Patient" date="Date"}\n:::', '="Patient">_{26}</span><br>Patient</p>'),
    "steps": (STEPS, r'alt="Sit">\s*</div>\s*<div class="step-text">\s*<p>Sit down'),
    "figures": (ROW, r'<figure class="figure">\s*<img [^>]*>\s*<figcaption>\s*First</figcaption>'),
    "beside": (BESIDE, r'beside right">\s*<div class="beside-text">[^$]*beside-picture" style="width: ?30%">'),
    "qr": (CODE, r'<img src="data:image/svg[^"]*" alt="QR code for https://a.example.org/more">'),
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_block_prints(project: SmallProject, name: str) -> None:
    written, html = PRINTED[name]
    project.replace(HANDOUT, FIRST, f"{written}\n\n{FIRST}")
    assert project.problems() == ()
    page, text = page_and_text(project)
    assert re.search(html, page), page
    assert ":::" not in page + text


def test_text_has_the_address_of_a_code_but_no_picture(project: SmallProject) -> None:
    project.replace(HANDOUT, FIRST, f"{CODE}\n\n{FIRST}")
    assert "Read on\nhttps://a.example.org/more" in page_and_text(project)[1]


@pytest.mark.parametrize("sections", [(), ("what",)])
def test_an_urgent_block_comes_first_in_each_selection(project: SmallProject, sections: tuple[str, ...]) -> None:
    urgent = '::: urgent {#call title="Call {{ practice.emergency.number }} if"}\nYou faint.[@jones2021]\n:::'
    project.replace(HANDOUT, "# Treatment", f"{urgent}\n\n# Treatment")
    assert project.problems() == ()
    text = composed_as(project, "text", sections=sections).html
    heads = re.findall(r"<h[23][^>]*>(?:<[^>]*>)*(?:\d )?([^<]*)", text)
    assert heads[:2] == ["The main point", "Call 999 if"]
    assert re.search(r"You faint\.<span[^>]*>&nbsp;\[.*?>1</a>", text)


MISTAKES = {
    "urgent without a title": ("::: urgent {#a}\nSo\n:::", "missing-attribute"),
    "urgent without an id": ('::: urgent {title="A"}\nSo\n:::', "no-id"),
    "urgent within a note": (':::: note\n::: urgent {#a title="A"}\nSo\n:::\n::::', "nested-important"),
    "empty form": ("::: form\n:::", "empty-block"),
    "code without an address": ('::: qr {caption="A"}\n:::', "missing-attribute"),
    "code of no address": ('::: qr {url="javascript:alert(1)" caption="A"}\n:::', "bad-block-value"),
    "code with text": ('::: qr {url="https://a.example.org" caption="A"}\nText\n:::', "content-in-block"),
    "steps with text": (f"::: steps\nText\n\n1. ![A]({LOGO}) So\n:::", "steps-list"),
    "step without a picture": (f"::: steps\n1. ![A]({LOGO}) So\n2. So\n:::", "step-picture"),
    "step with two pictures": (f"::: steps\n1. ![A]({LOGO}) ![B]({LOGO})\n:::", "step-picture"),
    "row of one picture": (f"::: figures\n![A]({LOGO}) So\n:::", "row-of-pictures"),
    "row with a list": (f"::: figures\n![A]({LOGO}) So\n\n![A]({LOGO}) So\n\n- so\n:::", "row-of-pictures"),
    "two pictures beside text": (f"::: figure {{side=left}}\n![A]({LOGO})\n\n![A]({LOGO})\n:::", "picture-beside"),
    "side that is none": (f"::: figure {{side=top}}\n![A]({LOGO})\n:::", "bad-block-value"),
    "width without a side": (f"::: figure {{width=40%}}\n![A]({LOGO})\n:::", "bad-block-value"),
    "markup in a title": ('::: form {title="**A**"}\nSo\n:::', "markup-in-text"),
    "unknown attribute": ("::: form {colour=red}\nSo\n:::", "unknown-attribute"),
    "unknown block like no other": ("::: xylophone\nSo\n:::", "unknown-block"),
    "unknown block": ("::: froms\nSo\n:::", "unknown-block"),
    "unknown field in a title": ('::: form {title="{{ practice.nam }}"}\nSo\n:::', "unknown-text-field"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_in_a_block_has_its_line(project: SmallProject, kind: str) -> None:
    written, code = MISTAKES[kind]
    project.replace(HANDOUT, FIRST, f"{written}\n\n{FIRST}")
    start = project.place(HANDOUT, written.split("\n")[0]).line
    found = project.problems()
    assert [problem.code for problem in found] == [code], found
    assert found[0].place
    assert start <= found[0].place.line <= start + written.count("\n")
    assert found[0].hint


def test_an_insert_cannot_be_urgent(project: SmallProject) -> None:
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    project.write("content/practices/clinic/more.md", '::: urgent {#a title="A"}\nSo\n:::\n')
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("important-in-insert", Place("content/practices/clinic/more.md", 1))
    ]
