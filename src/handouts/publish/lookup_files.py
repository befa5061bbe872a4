"""Writes what programs read: indexes by code and language, the index of the search, sitemaps, data in pages."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from handouts.publish.pages import Page
from handouts.schema.codes import SYSTEMS, normalize_code
from handouts.schema.published import IndexedHandout, ListedPractice, PageRecord, PracticeIndex, SiteIndex
from handouts.search.words import make_sort_key, split_words

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_practice_index(records: Sequence[PageRecord], name: str, base_url: str) -> bytes:
    """Return the index of the pages of a practice, which has a name.

    Of two handouts with the same code, the first by id is found by it.
    """
    by_code: dict[str, dict[str, dict[str, str]]] = {}
    handouts = []
    for record in records:
        url = f"{base_url}{record.folder}/"
        for one in record.codes:
            urls = by_code.setdefault(one.oid, {}).setdefault(normalize_code(one.code), {})
            urls.setdefault(record.language, url)
        handouts.append(
            IndexedHandout(
                handout=record.handout,
                language=record.language,
                title=record.title,
                main_message=record.main_message,
                version=record.version,
                published=record.published,
                review_due=record.review_due,
                print_code=record.print_code,
                url=url,
                pdfs={pdf.format: f"{url}{pdf.file}" for pdf in record.pdfs},
                codes=record.codes,
            )
        )
    practice = records[0].practice
    index = PracticeIndex(
        practice=practice,
        name=name,
        url=f"{base_url}{practice}/",
        handouts=tuple(handouts),
        by_code={oid: dict(sorted(codes.items())) for oid, codes in sorted(by_code.items())},
    )
    return f"{index.model_dump_json(indent=1)}\n".encode()


def write_site_index(practices: Iterable[tuple[str, str]], base_url: str) -> bytes:
    """Return the index of a site: its practices, given by id and name."""
    listed = tuple(
        ListedPractice(practice=name, name=title, url=f"{base_url}{name}/", index=f"{base_url}{name}/index.json")
        for name, title in practices
    )
    return f"{SiteIndex(base_url=base_url, practices=listed).model_dump_json(indent=1)}\n".encode()


def write_search_index(records: Iterable[PageRecord], practices: Sequence[tuple[str, str]]) -> bytes:
    """Return the index of the search: words of titles and keywords, and codes; a row for each handout and language.

    A row names its practices by their numbers, unless all of them have it.
    """
    numbers = {name: number for number, (name, _) in enumerate(practices)}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        words = split_words(" ".join([record.title, *record.keywords]))
        row = rows.setdefault(
            (record.handout, record.language),
            {
                "handout": record.handout,
                "language": record.language,
                "title": record.title,
                "words": list(dict.fromkeys(words)),
                "codes": sorted({normalize_code(one.code) for one in record.codes}),
                "practices": [],
            },
        )
        row["practices"].append(numbers[record.practice])
    in_order = sorted(rows.values(), key=lambda row: (make_sort_key(row["title"]), row["handout"], row["language"]))
    for row in in_order:
        if len(row["practices"]) == len(practices):
            del row["practices"]
    named = [[name, title, split_words(title)] for name, title in practices]
    return _to_json({"practices": named, "handouts": in_order})


def write_infobutton_map(records: Iterable[PageRecord], *, to_feeds: bool) -> bytes:
    """Return a map for nginx from systems and codes that record systems send, the longest codes first.

    It leads to handouts, or `to_feeds`. A request without a system is answered by any of them, ICD codes also answer
    narrower ones, and dots and hyphens may be missing. docs/publishing.md shows its use.
    """
    rows: dict[tuple[int, str, str, str], str] = {}
    for record in records:
        for one in record.codes:
            end = "" if one.system.startswith("icd-") else "$"
            target = name_feed_folder(one.oid, one.code) if to_feeds else record.handout
            # An NDC is sent as it is written, or with the 11 digits of billing.
            for code in {normalize_code(one.code), normalize_code(one.code, one.system)}:
                pattern = f"~*^(?:{re.escape(one.oid)})?/{'[.-]?'.join(code)}{end}"
                rows.setdefault((-len(code), code, one.oid, end), f'"{pattern}" {target};\n')
    return "".join(line for _, line in sorted(rows.items())).encode()


def name_feed_folder(oid: str, code: str) -> str:
    """Return the folder of the feeds for a code, below that of all feeds of a practice."""
    return f"{oid}/{normalize_code(code)}"


def write_sitemap(records: Iterable[PageRecord], base_url: str) -> bytes:
    """Return a sitemap of pages, with the days on which they were published."""
    urls = "".join(
        f"<url><loc>{escape(base_url + record.folder)}/</loc><lastmod>{record.published}</lastmod></url>\n"
        for record in records
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAP}">\n{urls}</urlset>\n'.encode()


def write_sitemap_index(addresses: Iterable[str]) -> bytes:
    """Return the index of the sitemaps at some addresses."""
    maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in addresses)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAP}">\n{maps}</sitemapindex>\n'.encode()
    )


def write_robots(base_url: str) -> bytes:
    """Return robots.txt. It counts only where the site is at the root of its host."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n".encode()


def describe_page(page: Page, base_url: str) -> str:
    """Return a page as a MedicalWebPage of schema.org, as JSON that may stand in a script element."""
    front, profile, url = page.handout.front, page.practice.profile, f"{base_url}{page.folder}/"
    codes = [
        {"@type": "MedicalCode", "codeValue": code, "codingSystem": SYSTEMS[name].title}
        for name, code in front.codes.list_all()
    ]
    data: Mapping[str, object] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": front.title,
        "description": front.main_message,
        "inLanguage": page.handout.language,
        "version": front.version,
        "datePublished": str(front.published),
        "expires": str(front.review_due),
        "identifier": [front.code, page.print_code],
        "audience": {"@type": "PeopleAudience", "audienceType": front.audience},
        "publisher": {"@type": "MedicalOrganization", "name": profile.name, "url": profile.website},
        **({"reviewedBy": {"@type": "Organization", "name": front.reviewed_by}} if front.reviewed_by else {}),
        **({"keywords": ", ".join(front.keywords)} if front.keywords else {}),
        **({"about": {"@type": "MedicalEntity", "name": front.title, "code": codes}} if codes else {}),
        "encoding": [
            {"@type": "MediaObject", "contentUrl": f"{url}{pdf.path.name}", "encodingFormat": "application/pdf"}
            for pdf in page.pdfs
        ],
    }
    # Inside a script element, "</" and "<!" would end or change it.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _to_json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()
