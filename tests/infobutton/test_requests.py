"""Requests as record systems write them find the right handouts; hostile ones are refused at once."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.infobutton.matches import Matches
from handouts.infobutton.request import BadRequestError, KnowledgeRequest, make_request, read_request
from support.growth import assert_linear
from support.shipped import ROOT

Find = Callable[[KnowledgeRequest], Matches]

REQUESTS = [
    line.split("\t")
    for line in (ROOT / "tests" / "data" / "infobutton-requests.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("query", "expected"), REQUESTS)
def test_a_request_finds_the_handouts_the_nearest_code_first(find: Find, query: str, expected: str) -> None:
    found = find(read_request(parse_qsl(query, keep_blank_values=True))).found
    assert ", ".join(f"{one.handout.id} {one.handout.language}".removesuffix(" en") for one in found) == expected


def test_parameters_about_the_patient_are_not_kept() -> None:
    query = (
        "mainSearchCriteria.v.c=E11&age.v.v=99&patientPerson.administrativeGenderCode.c=F&observation.v.c=77386006"
        "&patientPerson.name.family=Jones&patientPerson.birthTime.value.v=20061201&assignedEntity.name.r=group123"
    )
    kept = repr(read_request(parse_qsl(query)))
    for private in ("Jones", "20061201", "99", "'F'", "77386006", "group123"):
        assert private not in kept


def test_marks_that_turn_a_text_around_are_not_repeated() -> None:
    (criterion,) = read_request(
        [("mainSearchCriteria.v.c", "\u202eM48\u2066"), ("mainSearchCriteria.v.dn", "\u200ba\u2060")]
    ).criteria
    assert (criterion.code, criterion.words) == ("M48", "a")


def test_a_link_with_a_code_finds_the_same(find: Find) -> None:
    request = make_request(["M48.50XA"], ["icd-10-cm"], [], "es")
    assert [one.handout.language for one in find(request).found] == ["en", "es"]
    assert [one.relation for one in find(request).found] == ["same", "wider"]
    assert find(make_request(["I10"], [], [], "")).withheld == 1


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "no mainSearchCriteria.v.c"),
        ("age.v.v=42", "no mainSearchCriteria.v.c"),
        ("mainSearchCriteria.v.cs=1", "no mainSearchCriteria.v.c"),
        ("mainSearchCriteria.v.c=%01%02", "no mainSearchCriteria.v.c"),
        (f"mainSearchCriteria.v.c={'9' * 65}", "more than 64 characters"),
        ("mainSearchCriteria.v.c=1&knowledgeResponseType=image/png", "knowledgeResponseType"),
        ("mainSearchCriteria.v.c=1&knowledgeResponseType=application/javascript", "callback"),
        *(
            (f"mainSearchCriteria.v.c=1&knowledgeResponseType=text/javascript&callback={name}", "callback")
            for name in ("alert(1)//", "a;b", "<script>", "a.b.", "1a", "a" * 65, "a%0Ab", "%C3%A9")
        ),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(query: str, reason: str) -> None:
    with pytest.raises(BadRequestError, match=reason):
        read_request(parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize(
    "write",
    [
        lambda size: [(f"mainSearchCriteria.v.c{number}", "E11") for number in range(size)],
        lambda size: [("mainSearchCriteria.v.c", "E11")] * size,
        lambda size: [(f"x{number}", "y") for number in range(size)],
        lambda size: [("mainSearchCriteria.v.c", "9-" * 50 * size)],
        lambda size: [("mainSearchCriteria.v.c", "1"), ("mainSearchCriteria.v.cs", "2." * 50 * size)],
    ],
    ids=["numbered", "repeated", "others", "code", "system"],
)
def test_a_hostile_request_is_refused_in_linear_time(write: Callable[[int], list[tuple[str, str]]]) -> None:
    def request(size: int) -> None:
        with pytest.raises(BadRequestError):
            read_request(write(size))

    assert_linear(request, 1_000)


def test_long_words_are_looked_up_in_linear_time(find: Find) -> None:
    names = [f"mainSearchCriteria.v.{field}{number}" for number in range(20) for field in ("dn", "ot")]

    def look_up(size: int) -> None:
        assert find(read_request([(name, f"word {name} " * size) for name in names])).found == ()

    assert_linear(look_up, 500)


NAMES = st.sampled_from(
    [
        "mainSearchCriteria.v.c",
        "mainSearchCriteria.v.cs1",
        "mainSearchCriteria.v.dn",
        "callback",
        "knowledgeResponseType",
    ]
)


@given(st.lists(st.tuples(NAMES | st.text(max_size=30), st.text(max_size=80)), max_size=12))
def test_any_request_is_answered_or_refused(find: Find, pairs: list[tuple[str, str]]) -> None:
    with suppress(BadRequestError):
        find(read_request(pairs))
