"""Where citations may stand, which figures need one, and texts that are long or strange."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.check.markdown_texts import collect_texts
from handouts.check.rules.citations import check_citations
from handouts.problems.collector import Problems
from support.checks import find_codes, find_codes_in_text, find_problems
from support.projects import HANDOUT, SmallProject, small_project

# Citations


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is red [@smith2020].", "citation-before-stop"),
        ("It is red[@smith2020], and new.", "citation-before-stop"),
        ("**It is red[@smith2020; @jones2021].**", "citation-before-stop"),
        ("These help:[@smith2020]", "citation-after-colon"),
        ("It is red; [@smith2020] it is new.", "citation-after-colon"),
        ("It is 10 cm[@smith2020] wide.", "citation-after-number"),
        ("It is 10 cm²[@smith2020] wide.", "citation-after-number"),
        ("We saw 50% [@smith2020] of it.", "citation-after-number"),
        ("In **2020**[@smith2020] it was new.", "citation-after-number"),
    ],
)
def test_a_citation_in_the_wrong_place_is_reported(project: SmallProject, text: str, code: str) -> None:
    assert find_codes_in_text(project, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "It is red.[@smith2020]",
        "It is red,[@smith2020] and new.",
        "These help[@smith2020]: walks.",
        "Is it red?[@smith2020] It is.",
        "It is red [@smith2020] and new.",
        "It was new in 2020.[@smith2020]",
        "| Dose |\n|------|\n| red[@smith2020] |",
    ],
)
def test_a_citation_in_its_place_is_not_reported(project: SmallProject, text: str) -> None:
    assert find_codes_in_text(project, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It is red.[1]", "[1]"),
        ("It is red \\[2,3-5\\] and new.", "\\[2,3-5\\]"),
        ("It is red.\u00b9", "\u00b9"),
        ("It is harmless\u00b2,\u00b3 and new.", "\u00b2,\u00b3"),
        ("It is red.^1,2^", "^1,2^"),
        ("\n| It is harmless^12^ |\n|---|\n| new |", "^12^"),
    ],
)
def test_a_typed_number_of_a_source_is_reported(project: SmallProject, text: str, number: str) -> None:
    project.replace(HANDOUT, "- with a fever", text)
    (found,) = [problem for problem in find_problems(project) if problem.code == "typed-citation"]
    assert found.place == project.place(HANDOUT, number)


@pytest.mark.parametrize(
    "text",
    [
        "A square of 10 cm\u00b2, 5 meters^2^, 4 inch\u00b2, 3 metros\u00b2 or 10^9^ cells.",
        "Na^+^, iodine^131^ and O\u00b2.",
        "[1](https://example.org) [12]{lang=es} [^1]\n\n[^1]: Above all in adults.",
        "H~2~O and vitamin B~12~, ages [ ] 5 or \\[about 5\\]",
    ],
)
def test_other_raised_and_bracketed_numbers_are_fine(project: SmallProject, text: str) -> None:
    assert "typed-citation" not in find_codes_in_text(project, text)


@dataclass(frozen=True)
class Shared:
    """A project that many examples share, and the text of its handout without an example."""

    project: SmallProject
    original: str

    def write(self, text: str) -> None:
        """Write the handout with a text in place of a list."""
        self.project.write(HANDOUT, self.original.replace("- after a fall\n- with a fever", text))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    project = small_project(tmp_path_factory.mktemp("shared"))
    return Shared(project, project.text(HANDOUT))


WORDS = st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=30)
@given(before=WORDS, after=WORDS, mark=st.sampled_from(".,"), space=st.sampled_from(["", " "]))
def test_a_citation_follows_full_stops_and_commas(
    shared: Shared, before: str, after: str, mark: str, space: str
) -> None:
    assert misplaced(shared, f"{before}{mark}[@smith2020]{space}{after}") == []
    (found,) = misplaced(shared, f"{before}{space}[@smith2020]{mark} {after}")
    assert found == ("citation-before-stop", len(before) + len(space) + 1)


@settings(max_examples=30)
@given(before=WORDS, after=WORDS, mark=st.sampled_from(":;"), space=st.sampled_from(["", " "]))
def test_a_citation_precedes_colons_and_semicolons(
    shared: Shared, before: str, after: str, mark: str, space: str
) -> None:
    assert misplaced(shared, f"{before}[@smith2020]{mark} {after}") == []
    (found,) = misplaced(shared, f"{before}{mark}{space}[@smith2020] {after}")
    assert found == ("citation-after-colon", len(before) + 1 + len(space) + 1)


@settings(max_examples=30)
@given(number=st.integers(0, 10**6), unit=st.sampled_from(["", " cm", "%", " mg", " °C", "²"]), after=WORDS)
def test_a_citation_right_after_a_number_is_reported(shared: Shared, number: int, unit: str, after: str) -> None:
    (found,) = misplaced(shared, f"It has {number}{unit}[@smith2020] {after}")
    assert found[0] == "citation-after-number"
    assert misplaced(shared, f"It has {number}{unit}.[@smith2020] {after}") == []


def misplaced(shared: Shared, text: str) -> list[tuple[str, int]]:
    """Read a handout with a line of text; return code and column of each misplaced citation."""
    shared.write(text)
    project = shared.project
    library = project.read().library
    assert library
    (handout,) = library.handouts
    line = project.place(HANDOUT, text).line
    found = Problems()
    check_citations(collect_texts(handout.bodies), handout.notes, found)
    return [(p.code, p.place.column) for p in found if p.place and p.place.line == line]


@settings(max_examples=50)
@given(text=st.text(st.sampled_from("ab1 .,:;%[]@()!#*_|<>\n-\u00b2\u202e"), max_size=80))
def test_no_text_breaks_the_rules(shared: Shared, text: str) -> None:
    shared.write(text)
    last_line = shared.project.text(HANDOUT).count("\n") + 1
    for problem in find_problems(shared.project):
        assert problem.place is None or problem.place.line <= last_line


@pytest.mark.parametrize(
    "text", ["1," * 4_900, "[@a" * 3_000, "| 1% " * 20 + "|\n" + "|-" * 20 + "|\n" + ("| 1% " * 20 + "|\n") * 250]
)
def test_very_long_texts_are_checked_to_the_end(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after a fall\n- with a fever", text)
    project.replace(HANDOUT, "Back pain is common.[@smith2020]", "[Click here](https://x.example.org)")
    assert {"vague-link", "bad-citation"} & {*find_codes(project)}


# Figures


@pytest.mark.parametrize(
    "text",
    [
        "About 1 in 4 of us have it.",
        "Two out of three have it.",
        "It helps 50 % of us.",
        "It helps 12.5 percent of us.",
        "Over 50 million have it.",
        "It is twice as strong.",
        "Half of all women have it.",
        "Smoking doubles your risk of it.",
        "Walks help.\n\n- It helps 3 of 4 of us",
        "About 1 in 4 of us have it.\n\nThey are well.[@smith2020]",
        "| Who |\n|-----|\n| 1 in 4 |",
    ],
)
def test_a_figure_without_a_source_is_reported(project: SmallProject, text: str) -> None:
    assert "uncited-figure" in find_codes_in_text(project, text)


@pytest.mark.parametrize(
    "text",
    [
        "About 1 in 4 of us have it.[@smith2020]",
        "About 1 in 4 of us have it. They are well.[@smith2020]",
        "These help[@smith2020]:\n\n- It helps 3 of 4 of us",
        "| Who | How |\n|-----|-----|\n| 1 in 4 | well[@smith2020] |",
        "Walk for 20 minutes, 3 times a day.",
        "Room 4 of the clinic opens at 8.",
        "Use a 1% cream.",
        "Keep your oxygen above 92%.",
        "Cut the pill in half.",
    ],
)
def test_a_figure_with_a_source_is_not_reported(project: SmallProject, text: str) -> None:
    assert find_codes_in_text(project, text) == []


def test_a_note_can_give_the_source_of_a_figure(project: SmallProject) -> None:
    project.replace(HANDOUT, "[^ages]: Above all in adults.", "[^ages]: Above all in adults.[@smith2020]")
    assert find_codes_in_text(project, "About 1 in 4 of us have it.[^ages]") == []
