"""Writes a feed as JSON, in the form of MedlinePlus Connect, and as a call of a function (JSONP)."""

import json
from typing import Any, Final

from handouts.infobutton.atom import describe_link
from handouts.infobutton.feed import Category, Entry, Feed

MEDIA_TYPE: Final = "application/json; charset=utf-8"
SCRIPT_TYPE: Final = "application/javascript; charset=utf-8"


def write_json(feed: Feed) -> bytes:
    """Return a feed as a JSON document (https://medlineplus.gov/medlineplus-connect/web-service/)."""
    content = {
        "lang": feed.language,
        "title": _make_text(feed.title),
        "subtitle": _make_text(feed.subtitle),
        "author": {"name": {"_value": feed.author}, "uri": {"_value": feed.address}},
        "updated": {"_value": feed.updated},
        "id": {"_value": feed.id},
        "category": _list_categories(feed.categories),
        "entry": [_make_entry(entry) for entry in feed.entries],
    }
    return (json.dumps({"feed": content}, ensure_ascii=False, indent=1) + "\n").encode()


def write_jsonp(feed: Feed, callback: str) -> bytes:
    """Return a script that calls a function with a feed; the name has to be checked (`read_request`)."""
    # The comment in front keeps the name from being the first bytes of another kind of file; in strings, these two
    # separators end a line of a script before ECMAScript 2019.
    written = write_json(feed).decode().rstrip().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"/**/{callback}({written});\n".encode()


def _make_text(text: str) -> dict[str, str]:
    return {"_value": text, "type": "text"}


def _list_categories(categories: tuple[Category, ...]) -> list[dict[str, str]]:
    return [
        {"scheme": one.scheme, "term": one.term, **({"label": one.label} if one.label else {})} for one in categories
    ]


def _make_entry(entry: Entry) -> dict[str, Any]:
    return {
        "lang": entry.language,
        "title": _make_text(entry.title),
        "link": [describe_link(link, entry.title, entry.language) for link in entry.links],
        "id": {"_value": entry.id},
        "updated": {"_value": entry.updated},
        "category": _list_categories(entry.categories),
        "summary": _make_text(entry.summary),
    }
