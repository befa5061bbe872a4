"""A document has the same tree whether its passages were parsed before or not."""

from io import StringIO
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinyhtml5 import parse

from handouts.compose.html_tree import parse_tree

NAMES = ("section", "div", "p", "h2", "ul", "li", "table", "tr", "td", "b", "a", "span", "svg", "form", "main", "slot")
TEXTS = ("", " ", "\n  ", "Take 5 mg", "a &lt; b &amp; c", "x" * 700)
ODD = (
    "<p><div>",
    "</b>",
    "<b>",
    "<br>",
    "<p/>",
    "<textarea><p></textarea>",
    "<!-- a -->",
    "<!-- <p> -->",
    "a < b",
    "<p title='>'>",
    "</body>",
)


def write_element(name: str, kids: list[str]) -> str:
    return f'<{name} class="{name}">{"".join(kids)}</{name}>'


MARKUP = st.recursive(
    st.sampled_from(TEXTS) | st.sampled_from(ODD),
    lambda inner: st.builds(write_element, st.sampled_from(NAMES), st.lists(inner, max_size=4)),
    max_leaves=12,
)
HEAD = '<!doctype html>\n<html lang="en"><head><title>{}</title></head>\n<body class="a">\n'


def describe(element: Element) -> object:
    tag = element.tag if isinstance(element.tag, str) else "comment"
    return tag, dict(element.attrib), element.text or "", element.tail or "", [describe(child) for child in element]


@settings(max_examples=80, deadline=None)
@given(passages=st.lists(MARKUP, max_size=5), changed=MARKUP, place=st.integers(0, 5))
@example(passages=[], changed="<h2><h2>Dose</h2>Take 5 mg</h2>", place=0)
def test_the_tree_is_that_of_the_whole_document(passages: list[str], changed: str, place: int) -> None:
    others = [*passages[:place], changed, *passages[place:]]
    for title, parts in (("one", passages), ("two", others)):
        html = f"{HEAD.format(title)}{''.join(parts)}\n</body>\n</html>\n"

        assert describe(parse_tree(html)) == describe(parse(StringIO(html), namespace_html_elements=False))


@pytest.mark.parametrize("html", ["", "Take 5 mg", "<p>No head", "<body><p>No type</p>"])
def test_a_text_without_the_usual_start_is_parsed_too(html: str) -> None:
    assert describe(parse_tree(html)) == describe(parse(StringIO(html), namespace_html_elements=False))


def test_changes_of_a_tree_do_not_get_into_the_next_one() -> None:
    html = f"{HEAD.format('one')}<p>Take 5 mg</p></body></html>"
    paragraph = parse_tree(html).find("body/p")
    assert paragraph is not None
    paragraph.text = "Take 50 mg"

    assert "Take 5 mg" in "".join(parse_tree(html).itertext())
