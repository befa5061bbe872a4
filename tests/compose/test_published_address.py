"""Handouts of a project that publishes lead to their own page."""

from dataclasses import dataclass

import pytest

from compose.test_qr import read_back
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from support.projects import HANDOUT, SETTINGS, SmallProject

PUBLISH = "publish:\n  base_url: https://handouts.example.org/spine\n"


@dataclass(frozen=True)
class Made:
    leads_to: str
    html: str
    code: str
    looks: tuple[str, str]
    key: str


def compose(small: SmallProject, form: str) -> Made:
    reading = small.read()
    assert reading.library, reading.problems
    (item,) = plan(reading.library, Request(formats=(form,)))
    pipeline = Pipeline(Project(small.root), reading.library.references)
    numbered = pipeline.number(item)
    document = pipeline.compose(numbered, item.practice, item.edition).document
    assert document
    assert document.made_from
    made_from = document.made_from
    picture = document.html.partition('<p class="qr"')[2].partition('src="')[2].partition('"')[0]
    key = pipeline.build_keys({}).build_key(numbered, item.practice, item.edition)
    looks = made_from.sources["brand"], made_from.sources["practice"]
    leads_to = read_back(picture)[0] if picture else ""
    return Made(leads_to, document.html, made_from.print_code, looks, key)


@pytest.mark.parametrize("form", ["handout", "one-page", "html"])
def test_the_qr_code_leads_to_the_published_page_and_the_website_is_printed(small: SmallProject, form: str) -> None:
    before = compose(small, form)
    small.write(SETTINGS, small.text(SETTINGS) + PUBLISH)
    after = compose(small, form)
    assert before.leads_to == "https://harbor.example.org"
    assert after.leads_to == "https://handouts.example.org/spine/clinic/back/en/"
    assert "QR code for https://handouts.example.org/spine/clinic/back/en/" in after.html
    assert "handouts.<wbr>example.<wbr>" not in after.html  # nobody could type the long address
    # What patients read is the same, so papers stay current; files are made anew.
    assert after.code == before.code
    assert after.looks[0] != before.looks[0]
    assert after.looks[1] == before.looks[1]
    assert after.key != before.key


def test_plain_text_names_the_published_page(small: SmallProject) -> None:
    small.write(SETTINGS, small.text(SETTINGS) + PUBLISH)
    assert "<p>https://handouts.example.org/spine/clinic/back/en/</p>" in compose(small, "text").html


def test_the_address_of_a_handout_itself_comes_first(small: SmallProject) -> None:
    small.write(SETTINGS, small.text(SETTINGS) + PUBLISH)
    small.replace(HANDOUT, "status: draft", "status: draft\nweb: https://back.example.org/pain")
    assert compose(small, "handout").leads_to == "https://back.example.org/pain"


@pytest.mark.parametrize("address", ["https://handouts.example.org/?a=b", "handouts.example.org", "https://a.org/#x"])
def test_an_address_that_is_no_folder_is_refused(small: SmallProject, address: str) -> None:
    small.write(SETTINGS, small.text(SETTINGS) + f'publish:\n  base_url: "{address}"\n')
    assert [problem.code for problem in small.problems()] == ["bad-address"]
