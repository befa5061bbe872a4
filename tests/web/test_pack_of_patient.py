"""A pack is printed as its handouts were chosen, or the page says why not."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from support.chromium import Browsers, visited
from support.front_desk import Served, open_client, served
from support.front_desk_browser import wait_for_preview
from support.projects import HANDOUT, SmallProject, small_project

OWN = {"Origin": "http://localhost", "X-Part": "1"}
KNEE = "content/handouts/knee/en.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Make two handouts in two languages, with texts for two groups of patients; one lacks a section in Spanish."""
    project = small_project(tmp_path_factory.mktemp("project"))
    text = project.text(HANDOUT).replace("status: draft", "status: approved\nreviewed_by: Spine team")
    text += "\n- Lift your child. {audience=parents}\n- Stay in bed. {audience=children}\n"
    other = text.replace("Back pain", "Knee pain").replace("HO-1", "KN-7")
    for name, content in ((HANDOUT, text), (KNEE, other)):
        project.write(name, content)
        project.write(name.replace("en.md", "en-GB.md"), content)
        project.write(name.replace("en.md", "es.md"), content.replace("{#worry}", "{#alarm}"))
    return project


@pytest.fixture(scope="module")
def page(project: SmallProject) -> Iterator[Served]:
    with served(project.root) as running:
        yield running


@pytest.mark.parametrize(
    ("items", "status", "said"),
    [
        (["back?language=en&section=worry", "knee?language=en"], 200, "When should I worry?"),
        (["back?language=en&section=gone", "knee?language=en"], 422, "“Back pain” in English does not have all"),
        (["back?language=en&section=what&section=gone", "knee"], 422, "does not have all of the sections"),
        (["back?language=en&section=", "knee?language=en"], 422, "does not have all of the sections"),
        (["back?language=en", "knee?language=es"], 422, "“Knee pain” is in Español. Choose the language of the pack."),
        (["back?language=en", "back?language=es"], 422, "“Back pain” is in English, “Back pain” is in Español."),
    ],
)
def test_what_was_chosen_is_printed_or_nothing(project: SmallProject, items: list[str], status: int, said: str) -> None:
    form = {"practice": "clinic", "format": "text", "item": items}
    with open_client(project.root) as (client, _):
        answer = client.post("/pack/download", data=form, headers=OWN)
        assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_paper_and_ink_that_were_chosen_for_one_handout_are_those_of_the_pack(page: Served) -> None:
    form = {"practice": "clinic", "item": ["back?language=en", "knee?language=en&paper=letter&ink=black"]}
    answer = page.ask("/pack/download", form)
    assert "pack.en.handout-letter-black.pdf" in answer.headers["Content-Disposition"]


def test_the_pack_is_in_the_format_language_and_group_that_its_rows_say(page: Served, browsers: Browsers) -> None:
    with visited(browsers.small, f"{page.address}handouts/back", practice="clinic") as shown:
        desk = shown.page
        wait_for_preview(desk)
        desk.get_by_role("button", name="None").click()
        desk.get_by_role("button", name="+ Pack").click()
        expect(desk.locator("#said")).to_have_text("Choose at least one section.")
        expect(desk.locator("#pack")).to_be_empty()
        desk.get_by_role("button", name="All", exact=True).click()
        desk.get_by_label("Large", exact=True).check()
        desk.get_by_label("Parents").check()
        desk.get_by_role("button", name="+ Pack").click()
        expect(desk.locator("#pack")).to_contain_text("English · all sections · for parents · Large")
        desk.get_by_role("link", name="Español").click()
        expect(desk.get_by_role("link", name="Español")).to_have_attribute("aria-current", "page")
        desk.get_by_role("button", name="+ Pack").click()
        # One language and one format for all of it: what is not the same for all has to be chosen.
        expect(desk.locator("#pack .about").first).to_have_text("Back pain all sections · for parents")
        expect(desk.get_by_label("Format of the pack")).to_have_value("large-print")
        expect(desk.get_by_label("Language of the pack")).to_have_value("")
        desk.get_by_label("Language of the pack").select_option("es")
        with desk.expect_request("**/pack/preview") as sent:
            desk.get_by_role("button", name="Preview the pack").click()
        form = parse_qs(sent.value.post_data or "")
        assert (form["language"], form["format"]) == (["es"], ["large-print"])
