"""A published site: what is on it, and that all of it fits together."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
import zxingcpp
from lxml import html

from handouts.build.layout_workers import start_layout_workers
from handouts.publish.publish import Published
from handouts.schema.published import PracticeIndex, SiteIndex, SiteRecord
from support.projects import SmallProject
from support.published import BASE_URL, publish_small, publishable, read_files

PAGE = "clinic/back/en/index.html"


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
    with start_layout_workers(1) as executor:
        published = publish_small(project, site, "handout", openemr=openemr, executor=executor)
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


def test_the_map_of_codes_finds_a_handout_as_nginx_reads_it(made: Made) -> None:
    # nginx tries the expressions of a map in order, after "~*" without regard to case.
    lines = [line.rstrip(";").split() for line in made.text("site/infobutton.map").splitlines()]
    patterns = [(re.compile(pattern.removeprefix("~*"), re.IGNORECASE), handout) for pattern, handout in lines]

    def find(code: str) -> str | None:
        return next((handout for pattern, handout in patterns if pattern.search(code)), None)

    assert {find(code) for code in ("M54.5", "m545", "M54.50", "M54.59", "161891005")} == {"back"}
    assert {find(code) for code in ("M54", "M55.5", "16189100", "1618910051", "")} == {None}


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

    names = {find("ICD10", "M54.5", "english"), find("SNOMED", "161891005", "")}
    files = read_files(made.openemr)
    assert set(files) == {f"{practice}/{name}" for practice in ("annex", "clinic") for name in names} | {
        "handouts-openemr.txt"
    }
    assert files["clinic/icd10_m54.5_en.pdf"] == made.files["clinic/back/en/back.en.handout.pdf"]


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
