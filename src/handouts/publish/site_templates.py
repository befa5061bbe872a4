"""The templates of the pages around the handouts, filled with the words of a language and the address of a page."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handouts.language.names import name_language
from handouts.language.tags import direction_of
from handouts.model.edition import formats
from handouts.publish.web_page import POLICY
from handouts.publish.words import SiteTexts, SiteWords
from handouts.schema.published import Download
from handouts.schema.settings import Settings


class SiteTemplates:
    """Fills the templates of this room. `base_url` is the address of the site, with a slash at its end."""

    def __init__(self, settings: Settings, texts: SiteTexts, base_url: str) -> None:
        """Take the settings, which name the site, and the words of its pages."""
        self.texts = texts
        self.usual_words = texts.find(settings.language)
        self.base_url = base_url
        self.title = (settings.publish.title if settings.publish else None) or self.usual_words.words["site"]
        self._format_titles = {name: one.settings.title for name, one in formats(settings).items()}
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"language_name": cache(name_language), "direction": direction_of}
        self._environment.globals |= {"policy": POLICY, "title": self.title}

    def render_page(self, template: str, words: SiteWords, folder: str, **values: object) -> bytes:
        """Return the page of a folder of the site."""
        shared = {"words": words, "root": go_up(folder), "address": f"{self.base_url}{folder}"}
        return self.render_part(template, {**shared, **values}).encode()

    def render_part(self, template: str, values: Mapping[str, object]) -> str:
        """Return a part of a page."""
        return self._environment.get_template(template).render(values)

    def describe_pdf(self, pdf: Download, words: SiteWords) -> dict[str, str]:
        """Return the file of a PDF, the title of its format and its length, as a list of downloads has them."""
        title = words.words.get(f"format-{pdf.format}", self._format_titles.get(pdf.format, pdf.format))
        length = words.words["page"] if pdf.pages == 1 else words.fill("pages", count=pdf.pages)
        return {"file": pdf.file, "title": title, "length": length}


def go_up(folder: str) -> str:
    """Return the relative address of the root of the site from a folder that ends with a slash."""
    return "../" * folder.count("/")
