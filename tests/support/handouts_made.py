"""Handouts made of nothing but ids and marks, for tests of selecting and numbering."""

import datetime as dt

from hypothesis import strategies as st

from handouts.model.library import Block, Body, Citation, Handout, NoteMark, Part, Section
from handouts.problems.problem import Place
from handouts.schema.front_matter import FrontMatter

HERE = Place("here.md", 1, 1)
FRONT = FrontMatter(
    title="T",
    code="T-1",
    version="1",
    published=dt.date(2026, 1, 1),
    review_due=dt.date(2027, 1, 1),
    status="draft",
    audience="a",
    main_message="m",
    disclaimer="d",
)
KEYS = [f"k{n}" for n in range(12)]
LABELS = ["a", "b", "c"]

citations = st.lists(st.sampled_from(KEYS), min_size=1, max_size=5, unique=True).map(
    lambda keys: Citation(tuple(keys), HERE)
)
note_marks = st.sampled_from(LABELS).map(lambda label: NoteMark(label, HERE))
bodies = st.lists(st.one_of(citations, note_marks), max_size=5).map(lambda marks: Body((), tuple(marks)))
note_bodies = st.lists(citations, max_size=2).map(lambda marks: Body((), tuple(marks)))


@st.composite
def handouts(draw: st.DrawFn) -> Handout:
    """Draw a handout of one to four parts in random order, each with one to four sections and perhaps a block."""
    number = 0
    parts: list[Part] = []
    blocks: list[Block] = []
    for name in draw(st.permutations(["p0", "p1", "p2", "p3"]))[: draw(st.integers(1, 4))]:
        sections: list[Section] = []
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            sections.append(Section(f"s{number}", f"Section {number}", number, draw(bodies), HERE))
        parts.append(Part(name, name, tuple(sections), HERE))
        if draw(st.booleans()):
            blocks.append(Block(f"safety-{name}", "Safety", name, draw(bodies), HERE))
    if draw(st.booleans()):
        blocks.append(Block("always", "Always", None, draw(bodies), HERE))
    notes = {label: draw(note_bodies) for label in LABELS}
    return Handout("made", "en", FRONT, tuple(parts), tuple(blocks), notes, HERE)


@st.composite
def handouts_and_choices(draw: st.DrawFn) -> tuple[Handout, tuple[str, ...], tuple[str, ...]]:
    """Draw a handout, ids to print and ids to leave out."""
    handout = draw(handouts())
    known = sorted({section.id for section in handout.sections} | {part.id or "" for part in handout.parts})
    some = st.lists(st.sampled_from(known), max_size=4, unique=True).map(tuple)
    return handout, draw(some), draw(some)
