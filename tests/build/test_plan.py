"""A plan that is split in shards, listed before anything is built, and narrowed by what a set leaves out."""

from collections import Counter
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.build.plan.order import order_outputs
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request, Shard
from handouts.model.edition import Edition, formats
from handouts.model.library import Body, Handout, Part, Picture, Practice, Section
from handouts.model.print_options import PrintOptions
from handouts.numbering.select import EmptySelectionError, UnknownNameError, select
from handouts.schema.practice import PracticeProfile
from handouts.schema.settings import Settings
from support.handouts_made import FRONT, HERE
from support.projects import HANDOUT, LOGO, PRACTICE, SETTINGS, SmallProject, small_project

PROFILE: Final = PracticeProfile.model_validate(
    {
        "name": "Harbor Clinic",
        "country": "GB",
        "logo": "logo.svg",
        "colors": {"brand": "#0b5a6f", "accent": "#a8381f"},
        "address": ["1 Harbor Street"],
        "phones": [{"label": "Front desk", "number": "01632 960000"}],
        "emergency": {"number": "999", "text": "Call 999."},
        "hours": [{"days": "Monday", "hours": "9 to 5"}],
        "when_to_call": ["Your pain gets worse."],
        "website": "https://harbor.example.org",
    }
)
FORMAT: Final = formats(Settings())["text"]


@cache
def practice(number: int) -> Practice:
    logo = Picture("logo.svg", Path("logo.svg"), "", HERE)
    return Practice(f"practice-{number}", "en", PROFILE, logo, None, {}, (), HERE, {})


@cache
def handout(name: str) -> Handout:
    section = Section("s1", "Section 1", 1, Body(()), HERE)
    return Handout(name, "en", FRONT, (Part(None, "", (section,), HERE),), (), {}, HERE)


def outputs(name: str, count: int) -> list[Planned]:
    selection = select(handout(name))
    return [Planned(selection, practice(n), Edition(FORMAT, PrintOptions("a4")), f"{name}.txt") for n in range(count)]


plans = st.lists(st.integers(0, 12), max_size=8).flatmap(
    lambda sizes: st.permutations([item for n, size in enumerate(sizes) for item in outputs(f"handout-{n}", size)])
)


def paths(items: tuple[Planned, ...]) -> list[PurePosixPath]:
    return [item.path for item in items]


@given(plans, st.integers(1, 9))
def test_shards_are_apart_and_together_the_plan(planned: list[Planned], count: int) -> None:
    shards = [Shard(number, count) for number in range(1, count + 1)]
    together = [item.path for one in shards for item in planned if one.holds(item.path)]
    assert Counter(together) == Counter(item.path for item in planned)


@given(plans, st.integers(0, 30), st.integers(1, 9))
def test_another_practice_moves_no_output_to_another_shard(planned: list[Planned], number: int, count: int) -> None:
    held = {item.path: [one for one in range(1, count + 1) if Shard(one, count).holds(item.path)] for item in planned}
    more = [*outputs(f"new-{number}", 3), *planned]
    assert (
        held.items()
        <= {
            item.path: [one for one in range(1, count + 1) if Shard(one, count).holds(item.path)] for item in more
        }.items()
    )


@given(plans, st.integers(1, 4))
def test_workers_do_not_begin_the_same_body_at_once(planned: list[Planned], jobs: int) -> None:
    names = [item.name for item in order_outputs(planned, lambda item: item.name, lambda item: item.practice.id)]

    assert Counter(names) == Counter(item.name for item in planned)
    for name, others in ((name, set(names) - {name}) for name in set(names)):
        begun = names.index(name)
        beside = names[begun + 1 : begun + jobs]
        assert name not in beside or len(others - set(names[:begun])) < jobs


OTHER: Final = "content/handouts/hip/en.md"
SECOND: Final = "content/practices/annex/practice.yaml"
SETS: Final = """\
sets:
  most:
    - {formats: [text], except_handouts: [h*], except_practices: [annex]}
  together:
    - {formats: [text], sections: [what, treatment]}
    - {formats: [text], sections: [what, only-hip]}
  nothing:
    - {formats: [text], handouts: [hip], except_handouts: ["h*"]}
  nobody:
    - {formats: [text], practices: [a*], except_practices: [annex]}
  typo:
    - {formats: [text], except_handouts: [hipp]}
  typed:
    - {formats: [text], except_practices: [clinik]}
"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    small = small_project(tmp_path)
    hip = small.text(HANDOUT).replace("HO-1", "HO-2").replace("{#what}", "{#only-hip}")
    small.write(OTHER, hip)
    small.write(SECOND, small.text(PRACTICE))
    small.write(LOGO.replace("clinic", "annex"), small.text(LOGO))
    small.write(SETTINGS, small.text(SETTINGS) + SETS)
    return small


def planned_in(project: SmallProject, request: Request) -> list[str]:
    library = project.read().library
    assert library
    return [str(item.path) for item in plan(library, request)]


def test_a_set_leaves_out_what_it_excepts(project: SmallProject) -> None:
    assert planned_in(project, Request(set_name="most")) == ["clinic/back.en.txt"]


@pytest.mark.parametrize(
    ("name", "wrong", "message", "hint"),
    [
        (
            "together",
            UnknownNameError,
            'no handout that has all of the sections "what, only-hip", which the set "together" names',
            "write an entry for each of them",
        ),
        ("nothing", EmptySelectionError, 'the set "nothing" leaves out each handout that it names', ""),
        ("nobody", EmptySelectionError, 'the set "nobody" leaves out each practice that it names', ""),
        ("typo", UnknownNameError, 'no handout "hipp", which the set "typo" names', 'did you mean "hip"?'),
        ("typed", UnknownNameError, 'no practice "clinik", which the set "typed" names', 'did you mean "clinic"?'),
    ],
)
def test_an_entry_that_plans_nothing_is_wrong_and_checked_for(
    project: SmallProject, name: str, wrong: type[Exception], message: str, hint: str
) -> None:
    with pytest.raises(wrong) as found:
        planned_in(project, Request(set_name=name))
    assert str(found.value) == message
    assert getattr(found.value, "hint", "") == hint
    ran = project.run("build", "--set", name)
    assert ran.code == 2
    assert message in " ".join(ran.err.split())
    findings = " ".join(project.run("check").out.split())
    assert f'error[bad-set]: the set "{name}" cannot be built: {message}' in findings


def test_what_has_errors_may_have_the_sections(project: SmallProject) -> None:
    project.write("content/handouts/knee/en.md", project.text(HANDOUT).replace("status: draft", "status: drafted"))
    short = "back.sections-1-3.en.txt"
    assert planned_in(project, Request(set_name="together")) == [f"annex/{short}", f"clinic/{short}"]


def test_outputs_share_what_is_the_same_for_them(project: SmallProject) -> None:
    library = project.read().library
    assert library
    planned = plan(library, Request(formats=("text", "handout")))
    assert len(planned) == 8
    assert len({id(item.selection) for item in planned}) == len({id(item.edition) for item in planned}) == 2


def test_the_name_of_many_sections_fits_every_file_system_and_is_one_of_its_own(project: SmallProject) -> None:
    sections = "".join(f"## Q {number}? {{#q{number}}}\n\nText.\n\n" for number in range(500))
    project.replace(HANDOUT, "# Treatment", f"{sections}# Treatment")
    library = project.read().library
    assert library
    chosen = [tuple(f"q{number}" for number in range(start, 500, 2)) for start in (0, 1)]
    chosen.append((*chosen[0][:-1], "q499"))
    names = [plan(library, Request(sections=one, formats=("text",)))[0].path.name for one in chosen]
    assert len(set(names)) == 3
    assert all(len(name) < 150 for name in names)
