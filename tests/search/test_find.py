"""The search finds handouts by words, codes, mistyped words, other forms and synonyms, and says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.project import Project
from handouts.read.project import read_project
from handouts.search.find import Found, find_handouts
from handouts.search.index import SearchIndex, Where, build_index
from handouts.search.words import make_sort_key, split_words
from support.projects import HANDOUT, SETTINGS, small_project
from support.shipped import library

SYNONYMS = "search:\n  synonyms:\n    - [heart attack, myocardial infarction]\n    - [sugar, diabetes, DM2]\n"
TITLES = {
    "knee": ("Taking care of your knee", "en", "KN-7", "[M17.11, M25]", "arthrosis"),
    "sugar": ("Living with diabetes", "en", "DI-2", "[E11.9]", "blood sugar"),
    "heart": ("After a heart attack", "en", "HE-1", "[I21]", "heart"),
    "opioid": ("Opioid safety at home", "en", "OP-4", "[]", "pain pills"),
    "corazon": ("Después de un ataque al corazón", "es", "HE-2", "[I21]", "corazón"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Index a project of some handouts that share their text."""
    project = small_project(tmp_path_factory.mktemp("search"))
    for name, (title, language, code, icd, keyword) in TITLES.items():
        text = project.text(HANDOUT).replace("title: Back pain", f'title: "{title}"').replace("HO-1", code)
        text = text.replace("keywords:\n  - back pain", f"codes: {{icd-10-cm: {icd}}}\nkeywords:\n  - {keyword}")
        project.write(f"content/handouts/{name}/{language}.md", text)
    project.write(SETTINGS, project.text(SETTINGS) + SYNONYMS)
    found = read_project(Project(project.root.resolve())).library
    assert found is not None
    return build_index(found)


def ids(found: Found) -> list[str]:
    return [hit.handout.id for hit in found.hits]


@pytest.mark.parametrize(
    ("query", "first", "correction"),
    [
        ("diabetis", "sugar", ("diabetis", "diabetes")),
        ("opiod", "opioid", ("opiod", "opioid")),
        ("knees", "knee", None),
        ("KNEE care", "knee", None),
        ("take care knee", "knee", None),
        ("corazon", "corazon", None),
        ("ataque corazones", "corazon", None),
        ("kn-7", "knee", None),
        ("KN7", "knee", None),
        ("kn 7", "knee", None),
        ("myocardial infarction", "heart", None),
        ("dm2", "sugar", None),
        ("diab", "sugar", None),
    ],
)
def test_what_staff_type_finds_the_handout(
    index: SearchIndex, query: str, first: str, correction: tuple[str, str] | None
) -> None:
    found = find_handouts(index, query)
    assert ids(found)[0] == first
    assert found.corrections == ((correction,) if correction else ())
    assert not found.is_partial


def test_a_misspelled_word_of_the_shipped_handouts_is_found() -> None:
    found = find_handouts(build_index(library()), "kyfoplasty")
    assert ids(found) == ["spinal-fracture"]
    assert found.corrections == (("kyfoplasty", "kyphoplasty"),)


@pytest.mark.parametrize(
    ("word", "handout"),
    [("diabetis", "sugar"), ("opiod", "opioid"), ("knees", "knee"), ("artrosis", "knee")],
)
def test_a_mistyped_word_is_found_while_it_is_typed(index: SearchIndex, word: str, handout: str) -> None:
    for length in range(3, len(word) + 1):
        assert handout in ids(find_handouts(index, word[:length])), word[:length]


def test_a_word_that_is_spelled_as_it_sounds_is_found_while_it_is_typed() -> None:
    shipped = build_index(library())
    for word in ("kyfoplasty", "kifoplastie", "alendronat", "osteoperosis"):
        for length in range(3, len(word) + 1):
            assert ids(find_handouts(shipped, word[:length])), word[:length]
    assert find_handouts(shipped, "kyfop").corrections == (("kyfop", "kyphoplasty"),)


@pytest.mark.parametrize(
    ("query", "handout", "code", "relation"),
    [
        ("M17.11", "knee", "M17.11", "same"),
        ("m1711", "knee", "M17.11", "same"),
        ("M17", "knee", "M17.11", "narrower"),
        ("m25.561", "knee", "M25", "wider"),
        ("E11.9", "sugar", "E11.9", "same"),
        ("I21.3 heart", "heart", "I21", "wider"),
    ],
)
def test_codes_are_found_in_both_directions(
    index: SearchIndex, query: str, handout: str, code: str, relation: str
) -> None:
    hit = next(hit for hit in find_handouts(index, query).hits if hit.handout.id == handout)
    assert [(match.shown, match.relation) for match in hit.matches if match.relation] == [(code, relation)]


def test_a_hit_in_a_title_comes_before_one_in_a_text_and_says_where_it_is(index: SearchIndex) -> None:
    found = find_handouts(index, "worry")
    assert {hit.matches[0].where for hit in found.hits} == {Where.HEADING}
    assert {hit.matches[0].section for hit in found.hits} == {"worry"}
    assert ids(find_handouts(index, "knee"))[0] == "knee"


def test_words_that_no_handout_has_together_find_those_with_most_of_them(index: SearchIndex) -> None:
    found = find_handouts(index, "knee diabetes arthrosis")
    assert found.is_partial
    assert ids(found) == ["knee"]


@pytest.mark.parametrize("query", ["", "  ", "…", "zqx", "z" * 5000, "zzzz " * 900, "\0", "🦴"])
def test_what_finds_nothing_is_no_error(index: SearchIndex, query: str) -> None:
    assert find_handouts(index, query).hits == ()


@given(st.text(max_size=40))
def test_any_text_can_be_typed(index: SearchIndex, query: str) -> None:
    for hit in find_handouts(index, query).hits:
        assert hit.matches


def test_each_word_of_a_title_finds_its_handout() -> None:
    shipped = build_index(library())
    for entry in shipped.entries:
        for word in split_words(entry.handout.front.title):
            assert entry.handout.id in ids(find_handouts(shipped, word)), word


def test_names_are_listed_as_people_do() -> None:
    names = ["Åsa 2", "asa 10", "Asa 010b", "Clinic", "clinic 1", "Clinic 2 East", "Clinic 2 West", "Clinic 10"]
    assert sorted({*names}, key=make_sort_key) == names
