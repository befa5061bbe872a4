"""Who may look up handouts: programs with the token, links, and never a script of just any website."""

import datetime as dt
import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from handouts.web.server import make_access
from support.command import invoke
from support.front_desk import open_client
from support.projects import HANDOUT, REFERENCES, SETTINGS, SmallProject, small_project
from support.releases import TODAY, releasable

TOKEN = "a-token"  # noqa: S105 - of this test
CODE = "mainSearchCriteria.v.c=M54.5"
SCRIPT = f"/infobutton/service?{CODE}&knowledgeResponseType=application/javascript&callback=show"
OTHER_SITE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Make a project with an approved handout and a draft."""
    project = small_project(tmp_path_factory.mktemp("access"))
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54.5]}\nkeywords:")
    draft = project.text(HANDOUT).replace("title: Back pain", "title: Knee pain").replace("[M54.5]", "[M17.0]")
    project.write("content/handouts/knee/en.md", draft)
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine team")
    return project


@pytest.fixture(scope="module")
def with_token(project: SmallProject) -> Iterator[FlaskClient]:
    with open_client(project.root, TOKEN) as (client, _):
        yield client


@pytest.fixture(scope="module")
def on_loopback(project: SmallProject) -> Iterator[FlaskClient]:
    with open_client(project.root, None) as (client, _):
        yield client


@pytest.fixture(autouse=True)
def without_cookies(with_token: FlaskClient) -> None:
    with_token.delete_cookie("entered")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/infobutton/service?{CODE}", 200),
        (f"/infobutton/application?{CODE}", 200),
        ("/open?code=M54.5", 303),
        ("/infobutton/knee.pdf", 409),  # a draft
    ],
)
def test_other_computers_need_the_token(with_token: FlaskClient, path: str, status: int) -> None:
    assert with_token.get(path).status_code == 401
    sign = "&" if "?" in path else "?"
    assert with_token.get(f"{path}{sign}token=wrong").status_code == 401
    assert with_token.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert with_token.get(f"{path}{sign}token={TOKEN}").status_code in {200, status}
    with_token.delete_cookie("entered")
    assert with_token.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == status


def test_a_program_with_the_token_gets_no_cookie_and_a_browser_gets_one(with_token: FlaskClient) -> None:
    answer = with_token.post("/infobutton/service", data={"mainSearchCriteria.v.c": "M54.5", "token": TOKEN})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    opened = with_token.get(f"/infobutton/application?{CODE}&age.v.v=87&token={TOKEN}", headers=LINK)
    assert "SameSite=Strict" in opened.headers["Set-Cookie"]
    # The page that leads on is of this server, so the browser sends the cookie, and the token is gone.
    assert 'content="0; url=/open?code=M54.5"' in opened.text
    assert with_token.get("/open?code=M54.5").headers["Location"] == "/handouts/back?language=en"


def test_a_link_without_the_token_works_where_the_browser_has_entered(with_token: FlaskClient) -> None:
    paths = ("/open?code=M54.5", "/open?handout=back&language=es", "/infobutton/knee.pdf?language=en")
    for path in paths:
        # Of another website, a browser sends no cookie: the answer says nothing, and opens the address from this page.
        answer = with_token.get(path, headers=LINK)
        assert answer.status_code == 200
        assert f'url={path.replace("&", "&amp;")}"' in answer.text
        assert "pain" not in answer.text
        assert with_token.get(path).status_code == 401
    assert with_token.get(f"/infobutton/service?{CODE}", headers=LINK).status_code == 401
    with_token.get(f"/?token={TOKEN}")
    answers = [with_token.get(path, headers={"Sec-Fetch-Site": "same-origin"}) for path in paths]
    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert answers[1].headers["Location"] == "/handouts/back?language=en&missing=es"
    assert with_token.get("/open?handout=nowhere").status_code == 404


def test_a_request_with_several_systems_leads_on_with_each_code_in_its_own(on_loopback: FlaskClient) -> None:
    query = "&".join(
        f"mainSearchCriteria.v.{name}={value}"
        for name, value in (("c", "311401005"), ("cs", "2.16.840.1.113883.6.96"), ("c1", "M54.5"), ("cs1", "ICD10"))
    )
    page = on_loopback.get(f"/infobutton/application?{query}").text
    (target,) = re.findall(r'url=([^"]*)"', page)
    assert on_loopback.get(target.replace("&amp;", "&")).headers["Location"] == "/handouts/back?language=en"


def test_a_script_of_another_website_is_answered_with_the_token_only(
    with_token: FlaskClient, on_loopback: FlaskClient
) -> None:
    answer = with_token.get(f"{SCRIPT}&token={TOKEN}", headers=OTHER_SITE)
    assert answer.text.startswith("/**/show({")
    assert answer.headers["Content-Type"] == "application/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for headers in (OTHER_SITE, {}):  # old browsers do not say where a script comes from
        assert on_loopback.get(SCRIPT, headers=headers).status_code == 403
        assert with_token.get(SCRIPT, headers=headers).status_code in {401, 403}
    plain = on_loopback.get(f"/infobutton/service?{CODE}", headers=OTHER_SITE)
    assert plain.status_code == 403
    assert on_loopback.get(f"/infobutton/service?{CODE}").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_forms_of_other_websites_look_up_and_nothing_else(on_loopback: FlaskClient) -> None:
    form = {"mainSearchCriteria.v.c": "M54.5"}
    assert on_loopback.post("/infobutton/application", data=form, headers=LINK).status_code == 200
    assert on_loopback.post("/infobutton/service", data=form).status_code == 200
    assert on_loopback.post("/infobutton/service", data=form, headers=OTHER_SITE).status_code == 403
    for path in ("/handouts/back/print", "/handouts/back/given", "/pack/given", "/open"):
        assert on_loopback.post(path, data=form, headers=LINK).status_code == 403


def test_drafts_are_neither_listed_nor_sent(on_loopback: FlaskClient) -> None:
    feed = json.loads(
        on_loopback.get("/infobutton/service?mainSearchCriteria.v.c=M17.0&knowledgeResponseType=application/json").data
    )["feed"]
    assert feed["entry"] == []
    assert "1 is a draft" in feed["subtitle"]["_value"]
    assert on_loopback.get("/infobutton/knee.pdf").status_code == 409
    assert on_loopback.get("/infobutton/nowhere.pdf").status_code == 404
    assert on_loopback.get("/infobutton/back.pdf?format=html").status_code == 404


def test_an_unknown_practice_is_reported_to_programs_and_to_people(on_loopback: FlaskClient) -> None:
    answer = on_loopback.get(f"/infobutton/service?{CODE}&practice=nobody")
    assert (answer.status_code, answer.text) == (400, "there is no practice with this id\n")
    page = on_loopback.get("/open?code=M54.5&practice=nobody")
    assert page.status_code == 400
    assert "there is no practice with this id" in page.text


def test_a_draft_is_recorded_as_given_only_if_somebody_agreed(on_loopback: FlaskClient) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    fields = {"language": "en", "section": ["what"], "number": "1", "format": "text", "patient": "Winterbottom"}
    assert on_loopback.post("/handouts/knee/given", data=fields, headers=own).status_code == 409
    answer = on_loopback.post("/handouts/knee/given", data={**fields, "agreed": "knee"}, headers=own)
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert "(draft)" in answer.text
    assert "Winterbottom" not in answer.text
    pack = {"item": ["back?language=en", "knee?language=en&section=what"], "agreed": "knee", "practice": "clinic"}
    answer = on_loopback.post("/pack/given", data={**pack, "format": "text"}, headers=own)
    entries = json.loads(answer.data)["entry"]
    assert [entry["resource"]["resourceType"] for entry in entries] == ["Procedure", "DocumentReference"]
    assert "Pack (Back pain; Knee pain)" in answer.text


def test_a_mistake_of_the_program_is_reported_without_the_request(
    project: SmallProject, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> dt.date:
        raise RuntimeError(CODE)

    with open_client(project.root, None, fail) as (client, reported), caplog.at_level(logging.DEBUG):
        answer = client.get(f"/infobutton/service?{CODE}&age.v.v=87&patientPerson.administrativeGenderCode.c=F")
    assert answer.status_code == 500
    output = capfd.readouterr()
    said = "\n".join([*reported, caplog.text, output.out, output.err, answer.text])
    assert "page-mistake" in said
    assert not any(private in said for private in ("M54.5", "v.v=87", "GenderCode"))


@pytest.mark.parametrize(
    ("content", "is_taken"), [(f"{'a1-' * 8}\n", True), ("short", False), ("a b " * 8, False), ("", False)]
)
def test_a_token_is_kept_in_a_file(project: SmallProject, content: str, is_taken: bool) -> None:  # noqa: FBT001 - of the table
    (project.root / "token").write_text(content)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        # The port is in use, so the page never starts.
        ran = invoke(project.root, "serve", "--port", str(taken.getsockname()[1]), "--token-file", "token")
    assert ran.code == (1 if is_taken else 2)
    assert ("no-address" if is_taken else "token must have one line") in ran.err
    assert not content.strip() or content.strip() not in ran.err
    endless = invoke(project.root, "serve", "--token-file", "/dev/zero")
    assert (endless.code, "/dev/zero cannot be read: it is not a regular file" in endless.err) == (2, True)
    missing = invoke(project.root, "serve", "--token-file", "nowhere")
    assert "nowhere cannot be read: No such file" in missing.err


def test_a_kept_token_guards_loopback_too() -> None:
    assert make_access("127.0.0.1").token is None
    assert make_access("127.0.0.1", TOKEN).token == TOKEN
    assert make_access("192.168.7.9", TOKEN).token == TOKEN
    assert make_access("192.168.7.9").token not in {None, "", make_access("192.168.7.9").token}


def test_programs_get_only_what_may_be_handed_out_unseen(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54.5]}\nkeywords:")
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine team")
    text = project.text(HANDOUT)
    machine = text.replace("status: approved", "translation: {method: machine}\nstatus: approved")
    project.write("content/handouts/back/en-GB.md", machine)
    project.write("content/handouts/back/es.md", text)  # the practice has no texts in Spanish
    later = text.replace("HO-1", "HO-2").replace("2026-01-10", "2026-11-28").replace("[M54.5]", "[M17.0]")
    project.write("content/handouts/knee/en.md", later)
    with open_client(project.root, None) as (client, _):
        client.set_cookie("practice", "clinic")
        for language in ("en-GB", "es"):
            address = f"/infobutton/service?{CODE}&informationRecipient.languageCode.c={language}"
            found = re.findall("/infobutton/back.pdf.language=([^&]*)", client.get(address).text)
            assert found == ["en"]
            # Staff see on the page what it is, before they print it.
            assert f"language={language}" in client.get(f"/open?code=M54.5&language={language}").headers["Location"]
        answer = client.get("/infobutton/service?mainSearchCriteria.v.c=M17.0").text
        assert "knee" not in answer
        assert "not listed" in answer


def test_a_feed_lists_nothing_that_a_release_refuses(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(HANDOUT, "keywords:", "codes: {icd-10-cm: [M54.5]}\nkeywords:")
    project.write(SETTINGS, project.text(SETTINGS) + "release: required\n")
    with open_client(project.root, None, lambda: TODAY) as (client, _):
        assert "/infobutton/back.pdf" in client.get(f"/infobutton/service?{CODE}&practice=clinic").text
    project.replace(REFERENCES, "volume:", "retraction: J. 2022\n    volume:")
    with open_client(project.root, None, lambda: TODAY) as (client, _):
        for practice in ("", "&practice=clinic"):
            answer = client.get(f"/infobutton/service?{CODE}{practice}").text
            assert "handout=back" not in answer
            assert "1 is a draft, out of date, not reviewed or not released" in answer
        assert client.get("/infobutton/back.pdf?practice=clinic").status_code == 422
