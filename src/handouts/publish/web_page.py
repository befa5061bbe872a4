"""Makes a page of a site from the web page that was built: its fonts and pictures become files of the site.

The page itself stays as it was built and checked. Ways to print it, other languages and data for search engines are
added around it. The page was written by `html.markup.write_html`, so its tags are found as texts.
"""

import base64
import hashlib
import re
from typing import Final

from handouts.problems.exceptions import HandoutsError
from handouts.provenance.statement import HTML_PREFIX

ASSETS: Final = "site"
"""The folder of the files that pages share."""
POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What pages of a site may load (Content Security Policy Level 3): nothing from elsewhere."""

_EMBEDDED: Final = re.compile(r'(url\("|src=")data:(font/woff2|image/(?:svg\+xml|png|jpeg|webp|gif));base64,([^"]+)')
_SUFFIXES: Final = {"font/woff2": "woff2", "image/svg+xml": "svg", "image/jpeg": "jpg"}
_POLICY_TAG: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_STATEMENT: Final = re.compile(rf'<meta name="{HTML_PREFIX}[^"]*" content="[^"]*">\n?')
_BODY: Final = re.compile(r"<body[^>]*>(?:\s*<a class=\"skip\"[^>]*>.*?</a>)?", re.DOTALL)
_DIGEST_LETTERS: Final = 16


class NoPageError(HandoutsError):
    """A web page that was built lacks a tag that every page has."""


class PageMaker:
    """Makes the pages of a site, and collects the files that they share: `assets`, by name."""

    def __init__(self) -> None:
        """Start without assets."""
        self.assets: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def make(self, built: str, to_root: str, head: str, top: str, bottom: str) -> str:
        """Return the page for a site.

        `to_root` is the relative address of the site's root. `head` is added to the head, `top` to the start of the
        body, behind the link that skips to the text, and `bottom` to its end. Raises NoPageError.
        """
        page = _STATEMENT.sub("", built)  # it is of the file that was built: verify would call this one altered
        page = _replace_once(_POLICY_TAG, f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">', page)
        page = _EMBEDDED.sub(lambda found: f"{found[1]}{to_root}{ASSETS}/{self._add(found[2], found[3])}", page)
        before, end, after = page.partition("</head>")
        start, close, rest = after.rpartition("</body>")
        body = _BODY.search(start)
        if not end or not close or body is None:
            raise NoPageError("it has no head or no body")
        opened, text = start[: body.end()], start[body.end() :]
        return f"{before}{head}{end}{opened}{top}{text}{bottom}{close}{rest}"

    def _add(self, media_type: str, encoded: str) -> str:
        """Return the name of a file that pages share."""
        if encoded not in self._names:
            content = base64.b64decode(encoded)
            suffix = _SUFFIXES.get(media_type, media_type.rpartition("/")[2])
            self._names[encoded] = self.add(content, suffix)
        return self._names[encoded]

    def add(self, content: bytes, suffix: str) -> str:
        """Add a file that pages share; return its name, which is made of its content."""
        name = f"{hashlib.sha256(content).hexdigest()[:_DIGEST_LETTERS]}.{suffix}"
        self.assets[name] = content
        return name


def _replace_once(pattern: re.Pattern[str], text: str, page: str) -> str:
    replaced, count = pattern.subn(lambda _: text, page, count=1)
    if not count:
        raise NoPageError("it has no content security policy")
    return replaced
