"""A published site: what is on it, and that all of it fits together."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
import zxingcpp
from lxml import etree, html

from handouts.compose.project_files import ProjectFiles
from handouts.model.project import Project
from handouts.publish.list_renderer import ListRenderer
from handouts.publish.publish import Published
from handouts.publish.site_templates import SiteTemplates
from handouts.publish.thumbnails import Thumbnail
from handouts.publish.words import SiteTexts
from handouts.read.project import read_project
from handouts.schema.published import PracticeIndex, SiteIndex, SiteRecord
from support.command import ThisProcess
from support.projects import SmallProject
from support.published import BASE_URL, publish_small, publishable, read_files
from support.shipped import ROOT

PAGE = "clinic/back/en/index.html"
ATOM = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "data" / "schemas" / "atom.rng")))
ICD = "2.16.840.1.113883.6.90"
SNOMED = "2.16.840.1.113883.6.96"
M54 = f"{ICD}/M545"


@dataclass(frozen=True)
class Made:
    project: SmallProject
    folder: Path
    openemr: Path
    published: Published
    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.files[name].decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("published")
    project = publishable(folder / "project")
    site, openemr = folder / "site", folder / "education"
    published = publish_small(project, site, "handout", openemr=openemr, executor=ThisProcess(1))
    assert published.is_written, published.problems
    return Made(project, site, openemr, published, read_files(site))


def test_released_handouts_are_published_and_drafts_are_left_out_with_the_reason(made: Made) -> None:
    assert [page.folder for page in made.published.pages] == ["annex/back/en", "clinic/back/en"]
    assert sorted(made.published.left_out) == [("annex", "neck", "en"), ("clinic", "neck", "en")]
    assert {problem.code for problem in made.published.left_out["clinic", "neck", "en"]} == {"draft"}
    assert made.published.ok
    assert not any(name.startswith(("clinic/neck", "annex/neck")) for name in made.files)
    assert not [name for name, content in made.files.items() if b"Neck pain" in content]


def test_all_links_lead_to_files_of_the_site_or_to_the_practice(made: Made) -> None:
    outside = set()
    for name, content in made.files.items():
        if not name.endswith(".html"):
            continue
        root = html.fromstring(content)
        ids = set(root.xpath("//@id"))
        here = urljoin(BASE_URL, name.removesuffix("index.html"))
        for address in root.xpath("//@href|//@src|//@data-search|//link/@href"):
            target = urljoin(here, address)
            if target.startswith(BASE_URL):
                parts = urlsplit(target)
                path = parts.path.removeprefix(urlsplit(BASE_URL).path)
                file = f"{path}index.html" if not path or path.endswith("/") else path
                assert file in made.files, (name, address)
                other = ids if file == name else set(html.fromstring(made.files[file]).xpath("//@id"))
                assert not parts.fragment or parts.fragment in other, (name, address)
            elif not address.startswith("tel:"):
                outside.add(target)
    assert outside == {"https://www.nhs.uk/harbor"}


def test_pages_load_nothing_from_elsewhere_and_are_small(made: Made) -> None:
    for name, content in made.files.items():
        if name.endswith(".html"):
            assert len(content) < 150_000, name
            assert b"data:" not in re.sub(rb"<meta[^>]*>", b"", content), name
            assert content.count(b"Content-Security-Policy") == 1, name
            assert b"script-src &#x27;self&#x27;" in content or b"script-src 'self'" in content or b"&#39;" in content


def test_a_page_says_what_it_is_to_search_engines(made: Made) -> None:
    root = html.fromstring(made.text(PAGE))
    (text,) = root.xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(text)
    assert data["@type"] == "MedicalWebPage"
    assert data["url"] == f"{BASE_URL}clinic/back/en/" == root.xpath("//link[@rel='canonical']/@href")[0]
    assert data["encoding"][0]["contentUrl"] == f"{BASE_URL}clinic/back/en/back.en.handout.pdf"
    assert [code["codeValue"] for code in data["about"]["code"]] == ["M54.5", "161891005"]
    pages = set(re.findall("<loc>(.*?)</loc>", made.text("clinic/sitemap.xml")))
    assert pages == {data["url"]}
    assert fromstring(made.files["sitemap.xml"]).tag.endswith("sitemapindex")  # noqa: S314 - our own
    assert f"Sitemap: {BASE_URL}sitemap.xml" in made.text("robots.txt")


def test_the_qr_code_on_paper_leads_to_the_page(made: Made) -> None:
    with pypdfium2.PdfDocument(made.files["clinic/back/en/back.en.handout.pdf"]) as document:
        codes = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    assert codes == [f"{BASE_URL}clinic/back/en/"]


def test_indexes_find_a_handout_by_code_and_language(made: Made) -> None:
    site = SiteIndex.model_validate_json(made.files["index.json"])
    assert [(one.practice, one.index) for one in site.practices] == [
        (name, f"{BASE_URL}{name}/index.json") for name in ("annex", "clinic")
    ]
    index = PracticeIndex.model_validate_json(made.files["clinic/index.json"])
    url = f"{BASE_URL}clinic/back/en/"
    assert index.by_code["2.16.840.1.113883.6.90"] == {"M545": {"en": url}}
    assert index.by_code["2.16.840.1.113883.6.96"] == {"161891005": {"en": url}}
    assert index.handouts[0].pdfs == {"handout": f"{url}back.en.handout.pdf"}
    assert SiteRecord.model_validate_json(made.files["site/published.json"]).pages == made.published.pages


class Server:
    """Answers requests as nginx does with the configuration in docs/publishing.md."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.maps: dict[str, tuple[str, dict[str, str]]] = {}
        config = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
        for source, name, body in re.findall(r'(?ms)^map "?(\S+?)"? \$(\w+) \{\n(.*?)^\}', config):
            lines = re.sub(r"include \S*/site/(site/\S+);", lambda found: made.text(found[1]), body)
            rows = re.findall(r"(?m)^\s*(\S+) (\S+);$", lines)
            self.maps[name] = source, {key.strip('"'): value.strip('"') for key, value in rows}

    def find(self, name: str, query: str) -> str:
        """Return the value of a variable for the query of a request."""
        if name == "args":
            return query
        source, rows = self.maps[name]
        value = re.sub(r"\$(\w+)", lambda found: self.find(found[1], query), source)
        for key, target in rows.items():
            # Expressions are tried in order, after "~*" without regard to case.
            if key != "default" and (match := re.search(key[2:].replace("(?<", "(?P<"), value, re.IGNORECASE)):
                return str(match[target[1:]]) if target[0] == "$" else target
        return rows["default"]

    def answer(self, **parameters: str) -> tuple[str, bytes]:
        """Return name and content of the file that answers a request to clinic/infobutton/service."""
        query = urlencode({name.replace("_", "."): value for name, value in parameters.items() if value})
        folder, language, kind = (self.find(f"infobutton_{name}", query) for name in ("feed", "language", "type"))
        tried = (f"{folder}/{language}.{kind}", f"{folder}/index.{kind}", f"none.{kind}")
        name = next(name for name in tried if f"clinic/infobutton/{name}" in self.made.files)
        return name, self.made.files[f"clinic/infobutton/{name}"]


@pytest.mark.parametrize(
    ("code", "system", "folder"),
    [
        ("M54.5", ICD, M54),
        ("m545", ICD, M54),
        ("M54.50", f"urn:oid:{ICD}", M54),
        ("M54.59", "", M54),
        ("161891005", SNOMED, f"{SNOMED}/161891005"),
        ("161891005", "", f"{SNOMED}/161891005"),
        ("161891005", ICD, ""),
        ("M54", ICD, ""),
        ("M55.5", ICD, ""),
        ("1618910051", SNOMED, ""),
        ("M54.5", "2.16.840.1.113883.6.103", ""),
        ("M54.5", "2.16.840.1.113883.6.9", ""),
    ],
)
def test_a_request_of_a_record_system_is_answered_by_a_file(made: Made, code: str, system: str, folder: str) -> None:
    name, content = Server(made).answer(mainSearchCriteria_v_c=code, mainSearchCriteria_v_cs=system)
    assert name == (f"{folder}/en.atom" if folder else "none.atom")
    root = etree.fromstring(content)
    ATOM.assertValid(root)
    links = [(link.get("type"), link.get("href")) for link in root.iter("{*}link")]
    url = f"{BASE_URL}clinic/back/en/"
    assert links == ([("text/html", url), ("application/pdf", f"{url}back.en.handout.pdf")] if folder else [])


def test_openemr_and_clients_of_medlineplus_get_what_they_ask_for(made: Made) -> None:
    # As interface/patient_file/education.php writes its address, and as MedlinePlus Connect's documentation does.
    server = Server(made)
    query = f"mainSearchCriteria.v.cs={ICD}&mainSearchCriteria.v.c=M54.5&informationRecipient.languageCode.c=es"
    assert [server.find(f"infobutton_{name}", query) for name in ("handout", "language")] == ["back", "es"]
    name, content = server.answer(
        mainSearchCriteria_v_cs=ICD,
        mainSearchCriteria_v_c="M54.50",
        informationRecipient_languageCode_c="en",
        knowledgeResponseType="application/json",
    )
    assert name == f"{M54}/en.json"
    feed = json.loads(content)["feed"]
    assert feed["entry"][0]["title"]["_value"] == "Back pain"
    assert feed["entry"][0]["link"][0]["href"] == f"{BASE_URL}clinic/back/en/"
    assert feed["subtitle"]["_value"] == "1 handout for ICD-10-CM M54.5."
    # In a language that there is not, the answer is that of a request without one.
    in_spanish = server.answer(mainSearchCriteria_v_c="M54.5", informationRecipient_languageCode_c="es")
    assert in_spanish[0] == f"{M54}/index.atom"


def test_the_code_of_each_print_has_a_page(made: Made) -> None:
    for page in made.published.pages:
        text = made.text(f"codes/{page.print_code}/index.html")
        assert "This paper is current" in text
        assert f"../../{page.folder}/" in text
        assert '<meta name="robots" content="noindex">' in text


def test_openemr_gets_the_names_that_it_looks_for(made: Made) -> None:
    # As interface/patient_file/education.php makes them of its request: type, code and language in lowercase.
    def find(code_type: str, code: str, language: str) -> str:
        return f"{code_type}_{code}_{'es' if language in {'es', 'spanish'} else 'en'}.pdf".lower()

    # Types as in code_types of sql/database.sql, where SNOMED CT has three.
    snomed = {find(name, "161891005", "") for name in ("SNOMED", "SNOMED-CT", "SNOMED-PR")}
    names = {find("ICD10", "M54.5", "english"), *snomed}
    files = read_files(made.openemr)
    assert set(files) == {f"{practice}/{name}" for practice in ("annex", "clinic") for name in names} | {
        "handouts-openemr.txt"
    }
    assert files["clinic/icd10_m54.5_en.pdf"] == made.files["clinic/back/en/back.en.handout.pdf"]


def test_long_lists_are_split_over_small_pages_that_links_reach(made: Made) -> None:
    found = read_project(Project(made.project.root)).library
    assert found
    first = made.published.pages[1]
    text = "Why your back hurts, what helps, and when you should call us at once. " * 2
    records = [
        first.model_copy(
            update={"handout": f"handout-{at}", "language": tag, "title": f"{at:03} {text}", "main_message": text}
        )
        for at in range(600)
        for tag in ("en", "es")
    ]
    texts = SiteTexts(ProjectFiles(Project(made.project.root)), "en")
    renderer = ListRenderer(SiteTemplates(found.settings, texts, BASE_URL))
    home = dict(renderer.render_home(records, [("clinic", "Harbor Clinic")]))
    pictures = {record.folder: Thumbnail("page-1.webp", 208, 269) for record in records}
    practice = dict(renderer.render_practice(found.practices["clinic"], records, "logo.svg", pictures))
    for pages, start, target in ((home, "", "handouts/{}/#{}"), (practice, "clinic/", "clinic/{}/{}/")):
        assert max(map(len, pages.values())) < 150_000
        links = {
            urljoin(f"{BASE_URL}{folder}", address)
            for folder, content in pages.items()
            for address in html.fromstring(content).xpath("//main//@href")
        }
        assert {f"{BASE_URL}{folder}" for folder in pages} <= links
        assert {f"{BASE_URL}{target.format(record.handout, record.language)}" for record in records} <= links
        (here,) = html.fromstring(pages[f"{start}page_2/"]).xpath("//nav//a[@aria-current='page']/@href")
        assert urljoin(f"{BASE_URL}{start}page_2/", here) == f"{BASE_URL}{start}page_2/"


def test_the_page_of_a_handout_of_many_practices_is_split_and_has_them_all(made: Made) -> None:
    found = read_project(Project(made.project.root)).library
    assert found
    first = made.published.pages[1]
    records = [
        first.model_copy(
            update={"practice": f"clinic-{at}", "practice_name": f"Clinic {at:04} of {'x' * 80}", "language": tag}
        )
        for at in range(600)
        for tag in ("en", "es")
    ]
    texts = SiteTexts(ProjectFiles(Project(made.project.root)), "en")
    renderer = ListRenderer(SiteTemplates(found.settings, texts, BASE_URL))
    pages = dict(renderer.render_handout(records, "handouts/back"))
    assert list(pages) == ["handouts/back/", "handouts/back/page_2/", "handouts/back/page_3/"]
    assert max(map(len, pages.values())) < 150_000
    links = {
        urljoin(f"{BASE_URL}{folder}", address)
        for folder, content in pages.items()
        for address in html.fromstring(content).xpath("//main//@href")
    }
    assert links == {f"{BASE_URL}{name}" for name in [*pages, *(f"{record.folder}/" for record in records)]}


def test_texts_of_practices_are_no_markup(made: Made) -> None:
    assert "Annex &amp; Sons" in made.text("index.html")
    assert "Annex & Sons" not in made.text("index.html")


def test_the_same_project_gives_the_same_bytes_and_keeps_its_files(made: Made, tmp_path: Path) -> None:
    dates = {name: (made.folder / name).stat().st_mtime_ns for name in made.files}
    again = publish_small(made.project, made.folder, "handout")
    assert again.written_files == 0
    assert read_files(made.folder) == made.files
    assert {name: (made.folder / name).stat().st_mtime_ns for name in made.files} == dates
    assert [path.name for path in made.folder.parent.iterdir() if path.name.startswith(".site.")] != []
    assert not (tmp_path / "site").exists()
