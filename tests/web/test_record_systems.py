"""Record systems get from a code to the printed handout: programs, curl, and links in a browser."""

import json
import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import quote

from lxml import etree
from playwright.sync_api import expect

from support.examples import fits, parse_commands
from support.front_desk import Answer, Served
from support.front_desk_browser import Desk, choose_practice, wait_for_preview
from support.shipped import ROOT

OID = "2.16.840.1.113883.6."
PRIVATE = ("age.v.v=87", "patientPerson.administrativeGenderCode.c=F", "patientPerson.name.family=Winterbottom")


def make_openemr_address(base: str, code_type: str, code: str, language: str) -> str:
    """Return the address that OpenEMR opens for a code, with another server than MedlinePlus."""
    systems = {"ICD9": "103", "ICD10": "90", "SNOMED": "96", "RXCUI": "88", "NDC": "69", "LOINC": "1"}
    address = f"{base}?mainSearchCriteria.v.cs={OID}{systems[code_type]}&mainSearchCriteria.v.c={quote(code)}"
    return address + ("&informationRecipient.languageCode.c=es" if language in {"es", "spanish"} else "")


def follow(page: Served, path: str) -> tuple[str, Answer]:
    """Open an address as a browser does: follow redirects, and pages that lead on by themselves."""
    for _ in range(5):
        answer = page.ask(path)
        refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)
        if not refresh and answer.status not in {302, 303}:
            return path, answer
        path = refresh[1].replace("&amp;", "&") if refresh else answer.headers["Location"]
    raise AssertionError(f"the address leads on and on: {path}")


def test_a_client_like_openemr_gets_from_a_code_to_the_print(desk: Desk) -> None:
    page = desk.page
    address = make_openemr_address("/infobutton/application", "ICD10", "M54.50", "spanish")
    path, answer = follow(page, f"{address}&practice=clinic&{'&'.join(PRIVATE)}")
    assert path == "/handouts/back?language=en&practice=clinic&missing=es"
    assert "This handout is not available in Español." in answer.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)"[^>]* value="([^"]*)"', answer.text))
    sections = re.findall(r'name="section" value="([^"]+)"', answer.text)
    printed = page.ask("/handouts/back/print", {**fields, "section": sections})
    assert printed.body.startswith(b"%PDF-")


def test_the_language_is_kept_while_the_practice_is_chosen(desk: Desk) -> None:
    page = desk.page
    path, answer = follow(page, "/open?code=M54.5&language=en")
    assert path == "/practices?language=en&handout=back"
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    chosen = page.ask("/practice", {**fields, "practice": "quay"})
    assert chosen.headers["Location"] == "/handouts/back?language=en"


def test_curl_gets_from_a_code_to_the_print(desk: Desk) -> None:
    def fetch(*arguments: str) -> bytes:
        return subprocess.run(["curl", "--silent", "--fail", *arguments], capture_output=True, check=True).stdout

    service = f"{desk.page.address}infobutton/service"
    form = [f"mainSearchCriteria.v.cs={OID}90", "mainSearchCriteria.v.c=M54.5", "practice=clinic", *PRIVATE]
    sent = [argument for field in [*form, "knowledgeResponseType=application/json"] for argument in ("--data", field)]
    (entry,) = json.loads(fetch(*sent, service))["feed"]["entry"]
    (pdf,) = [link["href"] for link in entry["link"] if link["type"] == "application/pdf"]
    assert fetch(pdf).startswith(b"%PDF-")
    feed = etree.fromstring(fetch(f"{service}?{'&'.join(form)}"))
    assert [link.get("href") for link in feed.iter("{*}link") if link.get("type") == "application/pdf"] == [pdf]


def test_the_examples_of_the_guide_are_what_curl_prints(desk: Desk, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "ehr.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    commands = [one for block in blocks for one in parse_commands(block, 0) if one.text.startswith("curl ")]
    assert len(commands) == 4
    for command in commands:
        arguments = shlex.split(command.text.replace("http://127.0.0.1:8765/", desk.page.address))
        ran = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True)
        printed = ran.stdout.replace(desk.page.address, "http://127.0.0.1:8765/").splitlines()
        assert fits(list(command.shown), printed), command.text
    assert (tmp_path / "back.pdf").read_bytes().startswith(b"%PDF-")


def test_a_link_of_another_website_opens_the_handout_for_the_remembered_practice(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        choose_practice(page)
        address = make_openemr_address(f"{desk.page.address}infobutton/application", "ICD10", "M54.5", "en")
        link = f"<a href='{address}&{'&'.join(PRIVATE)}'>Education</a>"
        page.route("http://ehr.example/*", lambda route: route.fulfill(content_type="text/html", body=link))
        page.goto("http://ehr.example/chart")
        page.get_by_role("link", name="Education").click()
        page.wait_for_url("**/handouts/back?**")
        wait_for_preview(page)
        expect(page.locator(".whose")).to_contain_text("Harbor Clinic")
        assert not any(part in page.url for part in PRIVATE)
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        assert saved.value.path().read_bytes().startswith(b"%PDF-")
        # A form of another website leads to the same.
        form = f"<form method=post action='{address.partition('?')[0]}'>" + "".join(
            f"<input name='{name}' value='{value}'>"
            for name, value in (("mainSearchCriteria.v.c", "M54.5"), ("age.v.v", "87"))
        )
        page.route(
            "http://ehr.example/form", lambda route: route.fulfill(content_type="text/html", body=f"{form}<button>Go")
        )
        page.goto("http://ehr.example/form")
        page.get_by_role("button", name="Go").click()
        page.wait_for_url("**/handouts/back?**")


def test_the_record_of_what_was_given_is_downloaded_without_the_name(desk: Desk) -> None:
    with desk.open(accept_downloads=True) as shown:
        page = shown.page
        choose_practice(page)
        page.goto(f"{desk.page.address}open?code=M54.5")
        wait_for_preview(page)
        page.get_by_label("Name, printed on page 1").fill("Winterbottom")
        page.get_by_label("Note, printed on page 1").fill("Come on Tuesday")
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Chart record").click()
        text = downloading.value.path().read_text(encoding="utf-8")
        assert downloading.value.suggested_filename.endswith(".fhir.json")
        assert json.loads(text)["resourceType"] == "Bundle"
        assert str(page.locator("[data-print]").get_attribute("data-code")) in text
        assert "Winterbottom" not in text
        assert "Tuesday" not in text


def test_several_handouts_and_near_ones_are_a_choice_without_barriers(desk: Desk) -> None:
    with desk.open(360) as shown:
        page = shown.page
        choose_practice(page)
        page.goto(f"{desk.page.address}open?code=M54.9&language=es")
        expect(page.get_by_role("heading", level=1)).to_have_text("No approved handout for M54.9")
        expect(page.get_by_role("link", name="Back pain")).to_be_visible()
        assert shown.barriers() == []
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
        page.goto(f"{desk.page.address}open?code=M17.0&practice=clinic")
        expect(
            page.get_by_text("1 is a draft, out of date, not reviewed or not released, and not listed.")
        ).to_be_visible()
        page.get_by_role("link", name="Search all handouts").click()
        expect(page.locator("#found").get_by_role("link", name="Knee pain")).to_be_visible()


def test_nothing_about_a_patient_is_in_the_log(desk: Desk) -> None:
    query = "&".join((f"mainSearchCriteria.v.c=M54.5{'9' * 70}", *PRIVATE))
    assert desk.page.ask(f"/infobutton/service?{query}").status == 400
    assert desk.page.ask("/infobutton/service", body=b"x" * 40_000).status == 413
    log = desk.page.log.read_text()
    assert not any(part in log for part in ("Winterbottom", "v.v", "Gender", "M54.5"))
