"""Untrusted input: nothing is fetched, read from elsewhere or run while a handout is built."""

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from handouts.build.pipeline import Pipeline
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.problems.problem import select_errors
from support.command import run
from support.pdf import read_tags
from support.projects import HANDOUT, SmallProject
from support.shipped import ROOT

LAKESIDE = "lakeside-spine-center"
DISCLAIMER = "templates/parts/disclaimer.html.j2"
BUILD = ("build", "-p", LAKESIDE, "-s", "symptoms", "-o", "x.pdf")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and the paths that were requested from it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


def override_disclaimer(small: SmallProject, old: str, new: str) -> None:
    """Copy the disclaimer template into a project, with a text replaced."""
    shipped = (ROOT / DISCLAIMER).read_text(encoding="utf-8")
    assert old in shipped
    small.write(DISCLAIMER, shipped.replace(old, new, 1))


def override(project: Path, folder: str, name: str, old: str, new: str) -> None:
    path = project / folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


FROM_NETWORK = {
    "/image": '<img src="{url}/image" alt="x">',
    "/sheet": '<link rel="stylesheet" href="{url}/sheet">',
    "/import": '<style>@import "{url}/import";</style>',
    "/background": "<style>body {{ background: url({url}/background) }}</style>",
    "/object": '<object data="{url}/object">x</object>',
    "/attachment": '<link rel="attachment" href="{url}/attachment">',
    "/drawing": '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="x"><image href="{url}/drawing"/></svg>',
}


def test_nothing_is_fetched_from_the_network(small: SmallProject, server: tuple[str, list[str]]) -> None:
    url, requested = server
    override_disclaimer(small, "<p>", "".join(FROM_NETWORK.values()).format(url=url) + "<p>")
    ran = small.run("build", "-o", "x.pdf")
    assert requested == []
    assert ran.code == 1
    refused = [line for line in ran.err.splitlines() if "nothing from the network" in line]
    assert len(refused) == len(FROM_NETWORK), ran.err
    named = {path for path in FROM_NETWORK if any(f"{url}{path}" in line for line in refused)}
    assert {*FROM_NETWORK} - named == {"/attachment"}, "its error names no address"
    assert not (small.root / "x.pdf").exists()


@pytest.mark.parametrize("where", ["outside", "inside but not named", "symbolic link"])
def test_only_the_files_of_the_handout_are_loaded(small: SmallProject, where: str) -> None:
    elements = (
        '<img src="{url}" alt="x">',
        '<link rel="attachment" href="{url}">',
        '<link rel="stylesheet" href="{url}">',
        '<object data="{url}">x</object>',
    )
    folder = small.root / "content" if where == "inside but not named" else small.root.parent
    addresses: list[str] = []
    for index in range(len(elements)):
        secret = folder / f"secret{index}.txt"
        secret.write_text("secret")
        named = secret
        if where == "symbolic link":
            named = small.root / "styles" / "images" / f"link{index}.txt"
            named.parent.mkdir(parents=True, exist_ok=True)
            named.symlink_to(secret)
        addresses.append(named.as_uri())
    written = "".join(element.format(url=url) for element, url in zip(elements, addresses, strict=True))
    override_disclaimer(small, "<p>", f"{written}<p>")
    ran = small.run("build", "-o", "x.pdf")
    assert ran.code == 1
    refused = [line for line in ran.err.splitlines() if "not one that this handout may use" in line]
    assert len(refused) == len(elements), ran.err
    assert not (small.root / "x.pdf").exists()


def test_a_style_sheet_cannot_read_outside_the_project(project: Path) -> None:
    secret = project.parent / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    override(project, "styles", "base.css", ":root {", f'body {{ background: url("{secret.as_uri()}") }} :root {{')
    ran = run(project, *BUILD)
    assert ran.code == 1
    assert "not one that this handout may use" in ran.err


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ words.page.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ '%s' | format(handout.model_config) }}{{ handout.__class__.__base__ }}",
        "{{ '{0.__class__.__mro__}'.format(words) }}",
        '{% include "../handouts.yaml" %}',
        '{% include "/etc/passwd" %}',
        "{{ not_defined_anywhere }}",
        "{% for n in range(10000000) %}{% endfor %}",
        "{% if %}",
    ],
)
def test_a_template_runs_no_code_and_names_its_line(small: SmallProject, expression: str) -> None:
    override_disclaimer(small, "<section", f"\n\n{expression}\n<section")
    library = small.read().library
    assert library
    (handout,), (practice,) = library.handouts, library.practices.values()
    edition = Edition(formats(library.settings)["handout"], PrintOptions("letter"))
    pipeline = Pipeline(Project(small.root), library.references)
    composition = pipeline.compose(number(select(handout)), practice, edition)
    assert composition.document is None
    (error,) = select_errors(composition.problems)
    assert str(error).startswith(
        (f"{DISCLAIMER}:3: error[bad-template]", f"{DISCLAIMER}:3: error[missing-template-file]")
    )
    assert "uid=" not in str(error)
    assert "root:" not in str(error)


def test_html_in_markdown_and_in_fields_is_never_read(project: Path) -> None:
    handout = "content/handouts/spinal-fracture"
    override(project, handout, "en.md", "- a sneeze", '- a sneeze \\<script>alert(1)\\</script> &lt;img src="x">')
    ran = run(project, *BUILD)
    assert ran.code == 0, ran.err
    assert '<script>alert(1)</script> <img src="x">' in " ".join(read_tags(project / "x.pdf").split())
    override(project, handout, "en.md", "\\<script>", "<script>")
    override(project, handout, "en.md", "title: Spinal fracture and", 'title: "<b>Spinal</b> & fracture"\n#')
    override(project, f"content/practices/{LAKESIDE}", "practice.yaml", "name: Lake", 'name: "<i>Lake</i>"\n#')
    ran = run(project, *BUILD)
    assert (ran.code, len(re.findall(r"error\[(?:unknown-markup|markup-in-text)\]", ran.err))) == (1, 3), ran.err


def test_a_link_in_markdown_leads_to_the_web_or_is_an_error(small: SmallProject) -> None:
    refused = ("javascript:alert(1)", "file:///etc/passwd", "../../secret", "//example.org/x")
    links = "".join(f"- [a]({address})\n" for address in refused)
    small.replace(HANDOUT, "- after a fall\n", f"{links}- [c](https://example.org/c)\n")
    ran = small.run("build", "-o", "x.pdf")
    assert ran.code == 1
    reported = re.findall(rf"^{HANDOUT}:(\d+):\d+: error\[bad-link\]", ran.err, re.MULTILINE)
    assert [int(line) for line in reported] == [small.place(HANDOUT, f"({address})").line for address in refused]
    assert not (small.root / "x.pdf").exists()
    small.replace(HANDOUT, links, "")
    assert small.run("build", "-o", "x.pdf").code == 0
    with pikepdf.open(small.root / "x.pdf") as pdf:
        addresses = {
            str(annotation.A.URI) for page in pdf.pages for annotation in page.get("/Annots", []) if "/A" in annotation
        }
    assert "https://example.org/c" in addresses
    assert {address for address in addresses if not address.startswith(("https://", "tel:"))} == set()


def test_a_folder_name_cannot_lead_out_of_the_output(project: Path) -> None:
    (project / "content/practices" / LAKESIDE).rename(project / "content/practices/Lakeside..")
    ran = run(project, "build", "-f", "text")
    assert ran.code == 1
    assert 'error[bad-id]: invalid id "Lakeside.."' in ran.err
    assert sorted(path.name for path in (project / "output").glob("[!.]*")) == [
        "manifest.json",
        "northgate-family-practice",
    ]


@pytest.mark.parametrize("name", ["templates/handout.html.j2", "templates/labels.en.yaml", "styles/base.css"])
@pytest.mark.parametrize(
    ("mistake", "code"),
    [("symbolic link", "outside-project"), ("latin-1", "not-utf8"), ("nothing there", "missing-file")],
)
def test_templates_and_styles_are_read_as_carefully(project: Path, name: str, mistake: str, code: str) -> None:
    path = project / name
    if mistake == "latin-1":
        path.write_bytes("é".encode("latin-1"))
    else:
        path.unlink()
        target = (project.parent if mistake == "symbolic link" else project) / "secret"
        if mistake == "symbolic link":
            target.write_text("secret")
        path.symlink_to(target)
    ran = run(project, *BUILD)
    assert ran.code == 1
    assert [line for line in ran.err.splitlines() if line.startswith(name) and f"error[{code}]" in line] != []
    assert not (project / "x.pdf").exists()
