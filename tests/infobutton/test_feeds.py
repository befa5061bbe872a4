"""Feeds are valid Atom by RFC 4287's own grammar, and JSON in the form of MedlinePlus Connect."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from handouts.infobutton.atom import write_atom
from handouts.infobutton.feed import Feed
from handouts.infobutton.json_feed import write_json, write_jsonp
from handouts.infobutton.request import BadRequestError, KnowledgeRequest, make_request
from support.shipped import ROOT

Answer = Callable[[KnowledgeRequest], Feed]

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
GRAMMAR = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "data" / "schemas" / "atom.rng")))


def check_atom(feed: Feed) -> etree._Element:
    """Check a feed by the grammar and by the rules of RFC 4287 that it leaves to prose; return its root."""
    root: etree._Element = etree.fromstring(write_atom(feed))
    GRAMMAR.assertValid(root)
    assert root.find(f"{ATOM}author") is not None
    identifiers = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(identifiers)) == len(identifiers)
    for entry in root.iter(f"{ATOM}entry"):
        kinds = [(link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link[@rel='alternate']")]
        assert kinds
        assert len(set(kinds)) == len(kinds)
    return root


def test_the_grammar_refuses_what_is_no_feed(answer: Answer) -> None:
    written = write_atom(answer(make_request(["E11"], [], [], "")))
    for pattern in (rb"<id>.*?</id>", rb"T00:00:00Z", rb'href="[^"]*"', rb"<title.*?</title>"):
        assert not GRAMMAR.validate(etree.fromstring(re.sub(pattern, b"", written, count=1)))


@pytest.mark.parametrize("codes", [["E11"], ["M48.50XA"], ["E11", "733.13", "22513"], ["Z99"], ["I10"]])
def test_a_feed_is_valid_and_the_same_each_time(answer: Answer, codes: list[str]) -> None:
    request = make_request(codes, [], [], "es")
    check_atom(answer(request))
    assert write_atom(answer(request)) == write_atom(answer(request))


def test_a_feed_says_what_is_looked_for_and_what_is_found(answer: Answer) -> None:
    root = check_atom(answer(make_request(["M48.50XA"], ["2.16.840.1.113883.6.90"], [], "es")))
    assert root.findtext(f"{ATOM}subtitle") == ("2 handouts for ICD-10-CM M48.50XA. Not in Español, but in English: 1.")
    echoed = [(one.get("scheme"), one.get("term")) for one in root.findall(f"{ATOM}category")]
    assert echoed == [
        ("mainSearchCriteria.v.c", "M48.50XA"),
        ("mainSearchCriteria.v.cs", "2.16.840.1.113883.6.90"),
        ("informationRecipient.languageCode.c", "es"),
    ]
    entries = list(root.iter(f"{ATOM}entry"))
    titles = [(one.findtext(f"{ATOM}title"), one.get(f"{XML}lang")) for one in entries]
    assert titles == [("Your first visit after a fracture", "en"), ("Fractura de la columna", "es")]


@pytest.mark.parametrize(
    ("language", "named"), [("vie", "Tiếng Việt"), ("Vietnamese", "Tiếng Việt"), ("Klingonese", "Klingonese")]
)
def test_a_language_that_does_not_exist_is_named(answer: Answer, language: str, named: str) -> None:
    assert answer(make_request(["E11"], [], [], language)).subtitle == (
        f"1 handout for E11. Not in {named}, but in English: 1."
    )


def test_an_empty_feed_says_that_a_draft_is_withheld(answer: Answer) -> None:
    root = check_atom(answer(make_request(["I10"], ["icd-10-cm"], [], "")))
    assert root.find(f"{ATOM}entry") is None
    assert root.findtext(f"{ATOM}subtitle") == (
        "No handouts for ICD-10-CM I10. 1 is a draft, out of date, not reviewed or not released, and not listed."
    )


def test_json_has_the_form_of_medlineplus_connect(answer: Answer) -> None:
    feed = json.loads(write_json(answer(make_request(["E11.9"], ["icd-10-cm"], [], "en"))))["feed"]
    assert feed["lang"] == "en"
    assert feed["title"] == {"_value": "Handouts of Harbor Clinic", "type": "text"}
    assert {"scheme": "mainSearchCriteria.v.c", "term": "E11.9"} in feed["category"]
    (entry,) = feed["entry"]
    # As clients read it.
    assert entry["title"]["_value"] == "Living with diabetes"
    assert entry["link"][0]["href"] == "http://desk.example/handouts/sugar?language=en"
    assert entry["link"][0]["rel"] == "alternate"
    assert entry["summary"]["_value"] == "Most back pain gets better in a few weeks."
    assert entry["updated"]["_value"] == "2026-01-10T00:00:00Z"


def test_a_script_calls_one_function_with_the_same_data(answer: Answer) -> None:
    feed = answer(make_request(["E11"], [], ["two\u2028lines"], ""))
    script = write_jsonp(feed, "ehr.show").decode()
    assert script.startswith("/**/ehr.show({")
    assert "\u2028" not in script
    assert json.loads(script.removeprefix("/**/ehr.show(").removesuffix(");\n")) == json.loads(write_json(feed))


@given(st.lists(st.text(max_size=70), min_size=1, max_size=4), st.text(max_size=60), st.text(max_size=20))
def test_the_feed_of_any_request_is_valid(answer: Answer, codes: list[str], words: str, language: str) -> None:
    try:
        feed = answer(make_request(codes, [words[:20]], [words], language))
    except BadRequestError:
        return
    check_atom(feed)
    json.loads(write_json(feed))
