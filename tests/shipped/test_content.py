"""The shipped handout: complete, cited as its source cites, in plain words."""

import re
from pathlib import Path

import pytest
import textstat

from handouts.compose.labels import read_labels
from handouts.compose.project_files import ProjectFiles
from handouts.model.library import Body
from handouts.model.project import Project
from handouts.numbering.number import format_citation, number
from handouts.numbering.select import select
from handouts.problems.collector import Problems
from support.shipped import ROOT, handout, library, words

SECTIONS = {
    "spinal-fracture": ["symptoms", "diagnosis", "fracture-risk", "osteoporosis"],
    "balloon-kyphoplasty": ["how-it-works", "right-for-me", "who-treats", "benefits-risks", "what-to-expect"],
}
BODIES = {**{s.id: s.body for s in handout().sections}, **{b.id: b.body for b in handout().blocks}}


def test_parts_and_sections_stand_in_order() -> None:
    assert {part.id: [section.id for section in part.sections] for part in handout().parts} == SECTIONS


def cited(body: Body, numbers: dict[str, int]) -> list[tuple[str, str]]:
    """Return each citation of a body as printed, with the words right before it."""
    found: list[tuple[str, str]] = []
    for token in body.tokens:
        before = ""
        for child in token.children or ():
            if child.type == "citation":
                found.append((format_citation(numbers[key] for key in child.meta["keys"]), before[-24:]))
            before += " " if child.type == "softbreak" else child.content
    return found


def test_each_claim_has_the_citation_that_its_source_gives_it() -> None:
    numbers = dict(number(select(handout())).citations)
    assert {name: cited(body, numbers) for name, body in BODIES.items() if cited(body, numbers)} == {
        "fracture-risk": [("1", "t found and not treated."), ("2,3", "breathe, eat, or sleep well."[-24:])],
        "osteoporosis": [
            ("4", "(less bone than normal)."),
            ("4", "because of osteoporosis."),
            ("4", "because of osteoporosis."),
        ],
        "right-for-me": [("5", "pain and can move better."[-24:])],
        "benefits-risks": [("5-7", "They showed more benefits"[-24:])],
        "what-to-expect": [("5", "after balloon kyphoplasty."[-24:])],
    }


def test_references_are_those_of_the_source_in_its_order() -> None:
    listed = [library().references[key].reference for key in number(select(handout())).listed]
    first_names = [r.author[0].family if r.author else r.title for r in listed]
    assert first_names == [
        None,
        "Silverman",
        "Gold",
        "National Osteoporosis Foundation website",
        "Ledlie",
        "Garfin",
        "Gaitanis",
    ]
    assert [r.status for r in listed] == ["missing", *[None] * 6]
    assert [r.volume for r in listed] == [None, "13", "18", None, "31", "31", "14"]


def test_two_sections_of_it_are_numbered_from_one() -> None:
    numbered = number(select(handout(), ["fracture-risk", "benefits-risks"]))
    assert sorted(numbered.citations.values()) == [1, 2, 3, 4, 5, 6]
    assert [block.id for block in numbered.selection.blocks] == ["safety"]


# What the source says, by section: each has to be there. The words are those of the handout, by semicolons.
FACTS = {
    "symptoms": "sudden; severe; new; minor fall; sneeze; lifting; VCF; few days; serious",
    "diagnosis": "physical exam; x-rays; MRI; primary care doctor; specialist; balloon kyphoplasty",
    "fracture-risk": (
        "1 in 4; 2 of 3; goes up with age; past spinal fracture; gender; lifestyle; men get; tilt forward; "
        "dowager's hump; lost height; balance; squeeze your chest; breathe, eat, or sleep"
    ),
    "osteoporosis": (
        "50 million; 1 in 2 women; 1 in 4 men; 50; no clear cause; less dense; sponge; Genes; menopause; "
        "smoking; not being active; conditions and treatments; lose height; first clue"
    ),
    "how-it-works": (
        "one hour; outpatient; inpatient; two small holes; cannulas; drinking straws; balloons; bone cement; "
        "cast; anesthesia; sedation; walk"
    ),
    "right-for-me": (
        "pain medicine; rest in bed; several weeks to months; broken shape; Only a doctor; does not suit "
        "everyone; less pain; NSM"
    ),
    "who-treats": "Call your doctor; interventional radiologist; spine surgeon; x-rays",
    "benefits-risks": (
        "over 20 years; more than 1 million; height; shape; less back pain; quality of life; fewer days; "
        "walking, hobbies, work; up to 2 years; similar; death; rate of problems is low"
    ),
    "what-to-expect": (
        "exam; x-ray; less than one hour; walk with help; same day; follow-up visit; limits; very satisfied; "
        "slowly become active; enjoyed"
    ),
    "safety": (
        "heart attack; cardiac arrest; stroke; embolism; blood, fat, or cement; infection; spinal cord; nerve "
        "injury; paralysis; blood vessels; lungs; heart; death; not for everyone; prescription; other risks; "
        "low"
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_of_the_source_is_there(name: str) -> None:
    text = words(BODIES[name])
    assert [fact for fact in FACTS[name].split("; ") if fact not in text] == []


def test_what_must_be_disclosed_is() -> None:
    front = handout().front
    assert front.status == "draft"
    assert front.reviewed_by is None
    assert front.sponsor is not None
    assert "maker of devices" in front.sponsor
    assert "doctor" in front.disclaimer
    assert words(handout().notes["white-women"]) == "Among White women in the United States."


@pytest.mark.parametrize("name", BODIES)
def test_each_section_reads_at_grade_nine_at_most(name: str) -> None:
    assert textstat.textstat.flesch_kincaid_grade(words(BODIES[name])) <= 9


def test_the_whole_reads_at_grade_eight_at_most_in_short_sentences() -> None:
    text = "\n".join(words(body) for body in BODIES.values())
    assert textstat.textstat.flesch_kincaid_grade(text) <= 8
    sentences = [s for s in re.split(r"(?<=[.?!:])\s+", text) if s]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 15


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("labels.*.yaml")), ids=lambda path: path.name)
def test_the_page_words_of_each_shipped_language_are_complete(path: Path) -> None:
    problems = Problems()
    assert read_labels(ProjectFiles(Project(ROOT)), path.name.split(".")[1], "", problems)
    assert problems.as_tuple() == ()
