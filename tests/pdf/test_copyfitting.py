"""Text that does not fit its panels: nothing is cut off, and the message says correctly what would make it fit."""

import re
from pathlib import Path

import pytest

from support.command import Ran, copy_of_shipped, run
from support.pdf import pages, words
from support.projects import HANDOUT, small_project

LETTER, A4 = "lakeside-spine-center", "northgate-family-practice"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project, unchanged."""
    return copy_of_shipped(tmp_path_factory.mktemp("copyfitting"))


def leaflet(folder: Path, *arguments: str, practice: str = LETTER, kind: str = "trifold") -> Ran:
    return run(folder, "build", "-p", practice, "-f", kind, *arguments)


def test_a_whole_handout_does_not_fit_a_leaflet_and_the_message_says_what_to_leave_out(shipped: Path) -> None:
    ran = leaflet(shipped, "-o", "whole.pdf")
    assert ran.code == 1
    (message,) = re.findall(r"error\[overfull\]: (.*)", ran.err)
    found = re.fullmatch(
        r"the text is (\d+) lines too long for the three panels inside: there is no room from \".+\" on", message
    )
    assert found
    assert int(found[1]) > 200
    (hint,) = re.findall(r"hint: (leave out .*)", ran.err)
    assert hint.endswith(", or try --fit")
    assert ran.out == ""
    assert not (shipped / "whole.pdf").exists()
    named = re.findall(r'"([a-z-]+)" \(\d+ lines\)', hint)
    assert len(named) > 4
    without = [word for name in named for word in ("-x", name)]
    assert leaflet(shipped, *without, "-o", "less.pdf").code == 0
    assert len(pages(shipped / "less.pdf")) == 2


@pytest.mark.parametrize(
    ("sections", "practice"),
    [
        # Estimated by the lines of sections alone, both would be estimated too small.
        (["symptoms", "osteoporosis", "right-for-me", "who-treats"], LETTER),
        (["symptoms", "diagnosis", "right-for-me"], A4),
    ],
)
def test_each_way_out_that_is_named_is_one(shipped: Path, sections: list[str], practice: str) -> None:
    ran = leaflet(shipped, *(word for name in sections for word in ("-s", name)), practice=practice)
    assert ran.code == 1
    (hint,) = re.findall(r"hint: leave out (.*), or try --fit", ran.err)
    ways = [re.findall(r'"([a-z-]+)"', way) for way in hint.split(" or ")]
    assert all(ways)
    for way in ways:
        rest = [name for name in sections if name not in way]
        again = leaflet(shipped, *(word for name in rest for word in ("-s", name)), practice=practice)
        assert again.code == 0, (way, again.err)


def test_a_text_somewhat_too_long_fits_with_smaller_type(shipped: Path) -> None:
    chosen = ("-s", "leaflet", "-s", "diagnosis")
    too_long = leaflet(shipped, *chosen)
    assert too_long.code == 1
    assert "or try --fit" in too_long.err
    assert '"diagnosis" (24 lines)' in too_long.err
    ran = leaflet(shipped, *chosen, "--fit", "-o", "fit.pdf")
    assert ran.code == 0
    said = "to fit its panels, the text is set smaller: --type: 10.5pt; --leading: 14pt; --space: 0.8"
    assert re.findall(r"warning\[set-smaller\]: (.*)", ran.err) == [said]
    sizes = {word.text: round(word.size, 1) for word in words(shipped / "fit.pdf")}
    assert sizes["soreness"] == 10.5


def test_what_fits_is_not_set_smaller(shipped: Path) -> None:
    ran = leaflet(shipped, "-s", "leaflet", "--fit")
    assert ran.code == 0
    assert "set-smaller" not in ran.err


def test_a_text_too_long_for_the_smallest_type_says_so(shipped: Path) -> None:
    ran = leaflet(shipped, "-s", "leaflet", "-s", "how-it-works", "--fit")
    assert ran.code == 1
    said = r"error\[overfull\]: the text is \d+ lines too long for the three panels inside, although set as small as is"
    assert re.search(said, ran.err)
    assert "try --fit" not in ran.err
    assert "set-smaller" not in ran.err


def test_a_flap_too_full_is_named(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    source = folder / "content/handouts/spinal-fracture/en.md"
    action = '  - "Tell your doctor soon about any back pain that is new or unusual."\n'
    text = source.read_text()
    assert text.count(action) == 1
    source.write_text(text.replace(action, action * 12))
    ran = leaflet(folder, "-s", "leaflet")
    assert ran.code == 1
    assert re.findall(r"error\[overfull\]: the text is \d+ lines too long for (.*):", ran.err) == ["the flap"]
    assert "hint: shorten the text, or try --fit" in ran.err


def test_a_page_too_full_is_named(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "Keep moving.", "Keep moving a little each day. " * 200)
    ran = project.run("build", "-f", "one-page")
    assert ran.code == 1
    assert re.search(r"error\[overfull\]: the text is \d+ lines too long for one page: there is no room from ", ran.err)
    assert "hint: print it as a handout, or shorten the text" in ran.err


def test_a_single_section_too_long_can_only_be_shortened(shipped: Path) -> None:
    ran = leaflet(shipped, "-s", "how-it-works")
    assert ran.code == 1
    assert "hint: shorten the text, or try --fit" in ran.err


def test_a_short_text_leaves_panels_to_write_on(shipped: Path) -> None:
    assert leaflet(shipped, "-s", "symptoms", "-o", "short.pdf").code == 0
    inside = words(shipped / "short.pdf")
    (notes, *_) = [word for word in inside if word.text == "notes"]
    assert notes.page == 1
    # Over the head the panel starts: all below it on the panel is the footer.
    third = 2 * 3.6875 * 72
    assert notes.left > 3.6875 * 72
    assert not [word for word in inside if word.page == 1 and word.left > third and 80 < word.top < 500]


def own_format(folder: Path, sheet: str, *, fit: str = "") -> None:
    (folder / "handouts.yaml").write_text(
        f'paper: letter\nformats:\n  card:\n    title: "A card"\n    imposition: c-fold\n{fit}'
    )
    (folder / "templates/card.html.j2").write_text('{% extends "trifold.html.j2" %}\n')
    (folder / "styles/card.css").write_text(f"@import url(trifold.css);\n{sheet}\n")


def test_text_on_no_panel_of_a_format_of_ones_own_is_refused(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    own_format(folder, ".contact { page: rear }")
    ran = leaflet(folder, "-s", "leaflet", kind="card")
    assert ran.code == 1
    assert 'error[no-panel]: there is text on the page "rear", which is not a panel of the leaflet' in ran.err
    assert "hint: set its `page` property in the style sheet to one of: cover, flap, inside, back" in ran.err
    own_format(folder, ".contact { page: auto }")
    ran = leaflet(folder, "-s", "leaflet", kind="card")
    assert ran.code == 1
    assert "error[no-panel]: there is text on a page without a name" in ran.err
    assert list(folder.glob("output/*/*.pdf")) == []


def test_a_format_without_smaller_steps_does_not_point_to_them(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    own_format(folder, "")
    ran = leaflet(folder, "-s", "leaflet", "-s", "diagnosis", kind="card")
    assert ran.code == 1
    assert "error[overfull]" in ran.err
    assert "try --fit" not in ran.err
    own_format(folder, "", fit='    fit:\n      - {"--type": 10.5pt, "--leading": 13pt, "--space": "0.5"}\n')
    ran = leaflet(folder, "-s", "leaflet", "-s", "diagnosis", "--fit", kind="card")
    assert ran.code == 0
    assert "set smaller: --type: 10.5pt; --leading: 13pt; --space: 0.5" in ran.err


def test_a_picture_alone_on_a_fourth_panel_is_reported(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    own_format(folder, ".inside::after { content: url(images/tall.svg); display: block; break-before: page }")
    (folder / "styles/images").mkdir(exist_ok=True)
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="300"><path d="M0 0h50v300H0z"/></svg>'
    (folder / "styles/images/tall.svg").write_text(picture)
    ran = leaflet(folder, "-s", "leaflet", kind="card")
    assert ran.code == 1
    assert re.search(r"error\[overfull\]: the text is \d+ lines too long for the three panels inside", ran.err)
