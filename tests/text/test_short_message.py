"""The short text for a message: within 1,500 characters, the most important things first, no sentence cut."""

from handouts.problems.collector import Problems
from handouts.text.plain_text import write_plain_text
from support.composed import composed_as
from support.projects import HANDOUT, SmallProject

ACTIONS = [f"Do this exercise number {number} each day, slowly and with a straight back." for number in range(30)]


def write_message(project: SmallProject) -> tuple[str, Problems]:
    """Write the short text of the handout."""
    problems = Problems()
    return write_plain_text(composed_as(project, "message"), problems).decode(), problems


def test_a_handout_has_a_short_message(project: SmallProject) -> None:
    made, problems = write_message(project)
    assert not problems
    in_order = ["Back pain", "Most back pain gets", "Keep moving.", "Call 999", "Your pain gets worse.", "01632 960000"]
    positions = [made.index(words) for words in in_order]
    assert positions == sorted(positions)
    assert "What is it?" not in made


def test_the_last_actions_are_left_out_whole_until_it_fits(project: SmallProject) -> None:
    project.replace(HANDOUT, "  - Keep moving.\n", "".join(f"  - {action}\n" for action in ACTIONS))
    made, problems = write_message(project)
    assert not problems
    printed = [line.removeprefix("- ") for line in made.splitlines() if "exercise number" in line]
    assert printed == ACTIONS[: len(printed)]
    assert 1500 - len(ACTIONS[0]) - 3 <= len(made) <= 1500
    assert "01632 960000" in made


def test_what_must_be_in_it_is_never_cut(project: SmallProject) -> None:
    project.replace(HANDOUT, "Most back pain gets better in a few weeks.", "A very long main point. " * 60)
    made, problems = write_message(project)
    assert [problem.code for problem in problems] == ["text-too-long"]
    assert len(made) > 1500
    assert "Keep moving." not in made
