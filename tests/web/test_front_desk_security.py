"""The front-desk page under attack: foreign host names, foreign pages, made-up ids and paths, oversized requests."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.command import run
from support.front_desk import Served, served
from support.projects import small_project

ALL = ["what", "worry", "helps"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    project = small_project(tmp_path_factory.mktemp("desk"))
    with served(project.root, practice="clinic") as page:
        yield page


def raw(server: Served, request: bytes) -> bytes:
    """Send bytes as they are, and return the first line of the response."""
    name, _, port = server.host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n" not in answer and (more := connection.recv(4096)):
            answer += more
    return answer.split(b"\r\n")[0]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "evil.example:80", "", "[::1", "a:b:c"]
)
def test_a_foreign_host_name_is_rejected(server: Served, host: str) -> None:
    line = raw(server, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert line.split()[1] in {b"421", b"400"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9"])
def test_its_own_host_names_are_accepted_with_any_port(server: Served, host: str) -> None:
    line = raw(server, f"GET /practices HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert line.split()[1] == b"200"


@pytest.mark.parametrize("path", ["/practice", "/handouts/back", "/handouts/back/print", "/handouts/back/message"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_a_form_of_another_page_is_rejected(server: Served, path: str, headers: dict[str, str]) -> None:
    answer = server.ask(path, {"practice": "clinic", "section": ALL}, headers=headers)
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers


def test_without_admin_there_is_no_editor(server: Served) -> None:
    for path in ("/admin", "/admin/practices/clinic", "/admin/packs"):
        assert server.ask(path).status == 404
        assert server.ask(path, {"name": "Mine"}).status == 404


def test_other_pages_can_link_to_the_page_but_not_embed_parts_of_it(server: Served) -> None:
    page = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert server.ask("/", headers=page).status == 200
    for mode, destination in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "script")):
        part = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": destination}
        assert server.ask("/logos/clinic", headers=part).status == 403


def test_a_logo_is_a_picture_and_never_a_page_with_scripts(server: Served) -> None:
    answer = server.ask("/logos/clinic")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert server.ask("/logos/nobody").status == 404


def test_opening_an_address_changes_and_makes_nothing(server: Served) -> None:
    for path in ("/practice?practice=clinic", "/handouts/back/print", "/handouts/back/download"):
        assert server.ask(path).status == 405


@pytest.mark.parametrize("path", ["/", "/practices", "/handouts/back", "/static/page.js", "/nowhere", "/state"])
def test_each_response_has_the_security_headers(server: Served, path: str) -> None:
    headers = server.ask(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers


def test_pages_need_no_inline_script_or_style(server: Served) -> None:
    for path in ("/", "/practices", "/handouts/back"):
        text = server.ask(path).text
        assert not re.search(r"<style|style=|<script(?! src=)|\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize("path", ["/static/", "/fonts/", "/static", "/pages/", "/logos/", "/web-pages/"])
def test_no_folder_is_listed(server: Served, path: str) -> None:
    assert server.ask(path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2fetc/passwd",
        "/fonts/../../handouts.yaml",
        "/fonts/%2e%2e%2fbase.css",
        "/fonts/OFL.txt",
        "/handouts/..",
        "/handouts/%2e%2e%2f%2e%2e%2fhandouts.yaml",
        "//evil.example/",
    ],
)
def test_no_path_leads_to_a_file(server: Served, path: str) -> None:
    line = raw(server, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert line.split()[1] in {b"404", b"400", b"308"}


NAMES = st.one_of(
    st.text(max_size=40), st.sampled_from(["../back", "back/../..", "*", "back*", "clinic", "\0", "%00", ""])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["section", "format", "paper", "ink", "language", "selection"]), NAMES)
def test_names_that_are_not_offered_are_rejected(server: Served, field: str, name: str) -> None:
    fields = {"section": ["what"], field: name}
    offered = {
        "section": set(ALL),
        "format": {"handout"},
        "paper": {"", "letter", "a4"},
        "ink": {"color", "black"},
        "language": {"", "en"},
        "selection": {""},
    }
    answer = server.preview("back", **fields)
    assert answer.status in ({200} if name in offered[field] else {404, 422})
    assert server.process.returncode is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_arbitrary_bytes_as_a_form_never_cause_an_internal_error(server: Served, body: bytes) -> None:
    assert server.ask("/handouts/back", body=body).status in {400, 404, 422, 200}


def test_an_unknown_practice_is_not_remembered(server: Served) -> None:
    for name in ("nobody", "*", "../clinic"):
        answer = server.ask("/practice", {"practice": name})
        assert answer.status == 404
        assert "Set-Cookie" not in answer.headers


def test_choosing_a_practice_redirects_to_a_handout_and_nowhere_else(server: Served) -> None:
    assert server.ask("/practice", {"practice": "clinic", "handout": "back"}).headers["Location"] == "/handouts/back"
    for elsewhere in ("//evil.example", "https://evil.example", "/../x"):
        assert server.ask("/practice", {"practice": "clinic", "handout": elsewhere}).status == 404


def test_an_oversized_request_is_rejected(server: Served) -> None:
    assert server.ask("/handouts/back", {"note": "a" * 40_000}).status == 413
    assert (
        raw(server, b"POST /handouts/back HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n").split()[1]
        == b"413"
    )


def test_no_invalid_form_caused_an_internal_error(server: Served) -> None:
    assert "page-mistake" not in server.log.read_text()


def test_an_address_other_than_loopback_needs_the_token(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    with served(project.root, "--host", "0.0.0.0") as page:  # noqa: S104 - this is what is tested
        _, _, token = page.address.partition("?token=")
        port = page.host.rpartition(":")[2]
        near = Served(f"http://127.0.0.1:{port}/", page.process, page.log)
        for path in (
            "/",
            "/handouts/back",
            "/state",
            "/updates",
            "/?token=",
            "/?token=x",
            f"/practices?token={token}x",
        ):
            assert near.ask(path).status == 401
        assert near.ask("/practice", {"practice": "clinic", "token": token}).status == 401
        let_in = near.ask(f"/?token={token}")
        assert (let_in.status, let_in.headers["Location"]) == (303, "/")
        cookie = let_in.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert token not in cookie
        name, _, value = cookie.split(";")[0].partition("=")
        near.cookies[name] = value
        assert near.ask("/").status == 200
        # A server on all interfaces has many addresses; a name of somebody else is still no name of it.
        assert near.ask("/", headers={"Host": f"192.168.7.9:{port}"}).status == 200
        assert near.ask("/", headers={"Host": f"evil.example:{port}"}).status == 421
        assert token not in page.log.read_text()


def test_many_idle_connections_do_not_stop_the_page(server: Served) -> None:
    with ExitStack() as opened:
        name, _, port = server.host.partition(":")
        for number in range(300):
            connection = opened.enter_context(socket.create_connection((name, int(port)), timeout=30))
            # Some say nothing, some never end their headers, some keep a stream open.
            begun = (
                b"",
                b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
                b"GET /updates HTTP/1.1\r\nHost: localhost\r\n\r\n",
            )
            connection.sendall(begun[number % 3])
        assert server.ask("/").status == 200
        assert server.preview("back", section=ALL, paper="letter").status == 200


def test_a_port_in_use_is_reported_with_a_hint(server: Served, tmp_path: Path) -> None:
    port = server.host.rpartition(":")[2]
    ran = run(small_project(tmp_path).root, "serve", "--port", port, "--no-browser")
    assert ran.code == 1
    assert f"error[no-address]: port {port} of 127.0.0.1 cannot be used" in ran.err
    assert "--port" in ran.err
