"""Renders what a site adds to the web page of a handout: ways to print it, other languages, data for search engines."""

from collections.abc import Sequence

from markupsafe import Markup

from handouts.publish.lookup_files import describe_page
from handouts.publish.pages import Page
from handouts.publish.site_templates import SiteTemplates


def render_additions(templates: SiteTemplates, page: Page, languages: Sequence[str]) -> tuple[str, str, str]:
    """Return what is added to the web page of a handout: to its head, to the start and to the end of its body."""
    practice, front, language = page.practice, page.handout.front, page.handout.language
    words = templates.texts.find(language, practice.profile.country)
    values = {
        "words": words,
        "practice": practice.profile,
        "pdfs": [templates.describe_pdf(pdf.download, words) for pdf in page.pdfs],
        "languages": languages,
        "language": language,
        "code": page.print_code,
        "review_due": str(front.review_due),
        "overdue": words.warn_of_review(front.review_due),
        "address": f"{templates.base_url}{page.folder}/",
        "folder": f"{templates.base_url}{practice.id}/{page.handout.id}/",
        "data": Markup(describe_page(page, templates.base_url)),  # noqa: S704 - JSON without "<"
    }
    head, top, bottom = (templates.render_part(f"page-{name}.html", values) for name in ("head", "top", "bottom"))
    return head, top, bottom
