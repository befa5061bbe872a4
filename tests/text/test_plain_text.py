"""Plain text: a message that a nurse pastes has every word of the handout, and nothing but words."""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.document import Composed, Required
from handouts.problems.collector import Problems
from handouts.text.plain_text import write_plain_text
from support.command import copy_of_shipped, run
from support.projects import HANDOUT, LOGO, SmallProject, small_project
from support.shipped import ROOT

LAKESIDE = "lakeside-spine-center"
NORTHGATE = "northgate-family-practice"
GOLDEN = ROOT / "tests/golden/back.en.txt"


def text_of_body(body: str) -> str:
    """Return the text of an HTML body, which must be without problems."""
    document = f"<!doctype html><html><body data-picture='Picture'>{body}</body></html>"
    problems = Problems()
    composed = Composed(document, "en", dt.date(2026, 1, 1), (), ROOT, (), (), file="txt")
    content = write_plain_text(composed, problems)
    assert problems.as_tuple() == ()
    return content.decode()


def check_form(text: str) -> None:
    """Check that a text has no spaces at line ends, no tabs or control characters, and no wide gaps."""
    assert text.endswith("\n")
    assert not text.startswith("\n")
    assert re.findall(r"[^\S\n]\n|\n{3,}|\n\n\Z", text) == []
    assert [character for character in text if character < " " and character != "\n"] == []


# The shipped handout


@pytest.fixture(scope="module")
def built(shipped_color: Path) -> Path:
    """A folder with the shipped handout as text for both practices."""
    return shipped_color.parent


def text_of(folder: Path, practice: str) -> str:
    return (folder / "output" / practice / "spinal-fracture.en.txt").read_bytes().decode()


def citations(text: str) -> list[int]:
    """Return the numbers of all citations before the list, in order, with those within a run."""
    found: list[int] = []
    for run_of_numbers in re.findall(r"\[([\d,-]+)\]", text.split("\nReferences\n", maxsplit=1)[0]):
        for ends in run_of_numbers.split(","):
            first, _, last = ends.partition("-")
            found += range(int(first), int(last or first) + 1)
    return found


def references(text: str) -> list[int]:
    """Return the numbers of the list."""
    listed = text.split("\nReferences\n")[1].split("\nPlease note\n", maxsplit=1)[0]
    return [int(number) for number in re.findall(r"^(\d+)\. ", listed, re.MULTILINE)]


@pytest.mark.parametrize("practice", [LAKESIDE, NORTHGATE])
def test_citations_are_numbered_in_order_and_each_is_in_the_list(built: Path, practice: str) -> None:
    text = text_of(built, practice)
    cited = citations(text)
    assert list(dict.fromkeys(cited)) == list(range(1, max(cited) + 1))
    assert references(text) == list(range(1, max(cited) + 1))


@pytest.mark.parametrize("practice", [LAKESIDE, NORTHGATE])
def test_nothing_of_html_is_left(built: Path, practice: str) -> None:
    text = text_of(built, practice)
    check_form(text)
    assert re.findall(r"</?[a-z]|&[a-z#\d]+;|data:|aria-|class=", text) == []
    assert max(map(len, text.splitlines())) > 250  # a paragraph is one line


def test_each_practice_has_its_own_name_phones_and_insert(built: Path) -> None:
    lakeside, northgate = text_of(built, LAKESIDE), text_of(built, NORTHGATE)
    assert lakeside.startswith("Spinal fracture and balloon kyphoplasty\n\nLakeside Spine Center\nFor people who have,")
    assert "\nAppointments and questions: (616) 555-0134\nNurse line: (616) 555-0157\n" in lakeside
    assert "\nAppointments: 01632 960482\nQuestions and test results: 01632 960517\n" in northgate
    assert "\n14 Northgate Lane\nElmswick\nNB4 2KM\n" in northgate
    assert lakeside.count("https://lakeside-spine.example.org/back-pain") == 1
    assert "From Lakeside Spine Center\n\nOn the day of your visit" in lakeside
    assert "Lakeside" not in northgate


def test_pictures_become_words_and_paper_only_elements_are_left_out(built: Path) -> None:
    text = text_of(built, LAKESIDE)
    assert "\nPicture: Two pieces of spine from the side. On the left," in text
    assert "so the bone above it tilts forward.\nA broken bone can collapse (cave in)." in text
    assert text.count("Picture: ") == 2  # no logo, no QR code
    assert "Page" not in text
    assert "Write down the answers" not in text


def test_a_part_is_numbered_from_one_and_names_itself(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "part.txt"
    ran = run(built, "build", "-f", "text", "-p", LAKESIDE, "-s", "benefits-risks", "-o", str(target))
    assert ran.code == 0, ran.err
    text = target.read_bytes().decode()
    check_form(text)
    assert citations(text) == [1, 2, 3]
    assert references(text) == [1, 2, 3]
    assert "\n8 How can balloon kyphoplasty help, and what are the risks?\n" in text
    assert text.endswith("\nSection 8 of 9\nDraft: not clinically reviewed\n")
    assert "\nImportant safety information\n----" in text
    assert "Questions to ask" not in text


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("parts/safety.html.j2", 'class="important"', 'style="color: red; display:none"', 'the block "safety"'),
        ("text.html.j2", "{% for reason in practice.when_to_call %}", "{% for reason in () %}", "when to call"),
        ("text.html.j2", "<footer>", '<footer aria-hidden="true">', "the status of the handout"),
    ],
)
def test_required_texts_cannot_be_hidden(tmp_path: Path, name: str, old: str, new: str, what: str) -> None:
    template = copy_of_shipped(tmp_path) / "templates" / name
    assert old in template.read_text()
    template.write_text(template.read_text().replace(old, new))
    ran = run(tmp_path, "build", "-f", "text", "-p", LAKESIDE, "-s", "benefits-risks", "-o", "x.txt")
    assert ran.code == 1
    assert f"error[left-out]: {what} is missing from the plain text" in ran.err
    assert not (tmp_path / "x.txt").exists()


@pytest.mark.parametrize(
    ("body", "is_present"),
    [
        ("<p>Call \n<b>9</b>11 if a life is in dan\xadger", True),
        ("<table><tr><td>Call 911 if a life is<td>in danger</table>", False),
        ("<p hidden>Call 911 if a life is in danger", False),
        ("<p>Call 911 <span style='display:none'>if</span> a life is in danger", False),
        ("<p><img alt='Call 911 if a life is in'> danger", True),
        ("<!-- Call 911 if a life is in danger -->", False),
    ],
)
def test_a_required_text_must_be_among_the_words(body: str, *, is_present: bool) -> None:
    required = (Required("the number", "Call 911 if a life is in danger"), Required("the number", "911"))
    document = f"<!doctype html><body>{body}</body>"
    problems = Problems()
    write_plain_text(Composed(document, "en", dt.date(2026, 1, 1), (), ROOT, (), (), required, "txt"), problems)
    assert [problem.code for problem in problems] == ([] if is_present else ["left-out"])


# A small handout with everything that Markdown has


SECTION = """\
## What helps? {#helps}

Walking is **good**,[@smith2020] and so is [swimming](https://swim.example.org/pool).[^cold]

::: figure
![A person on a path](path.svg)

Walk each day.
:::

::: icon-array {count=3 of=4}
It helps 3 of 4 people.[@jones2021; @smith2020]
:::

### What to do

1. Put on shoes
   - flat ones
   - with laces
2. Go out

> Slow and steady.

| Way      | Helps                    |
|----------|--------------------------|
| Walking  | most people [@jones2021] |
| Swimming | some                     |

See [the first question](#what), ask <https://ask.example.org> or [write](mailto:us@example.org).

```
as   typed
```

[^cold]: Not in *cold* water.

"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    project = small_project(tmp_path)
    old = project.text(HANDOUT)
    start, end = old.index("## What helps?"), old.index("::: important")
    project.write(HANDOUT, old[:start] + SECTION + old[end:])
    project.write("content/handouts/back/path.svg", project.text(LOGO))
    return project


def test_a_small_handout_reads_well(project: SmallProject, pytestconfig: pytest.Config) -> None:
    ran = project.run("build", "-f", "text", "-o", "x.txt")
    assert ran.code == 0, ran.err
    assert "warning" not in ran.err
    made = (project.root / "x.txt").read_bytes()
    if pytestconfig.getoption("rewrite"):
        GOLDEN.write_bytes(made)
    assert made.decode() == GOLDEN.read_bytes().decode(), "run: pytest tests/text/test_plain_text.py --rewrite"


def test_text_that_looks_like_markup_stays_unchanged(project: SmallProject) -> None:
    project.replace(HANDOUT, "1. Put on shoes", "Type \\<b>this\\</b> &lt;i&gt; \u00ad\u200bnow.\n\n1. Put on shoes")
    deep = "".join(f"{'  ' * level}- level {level}\n" for level in range(9))
    project.replace(HANDOUT, "> Slow and steady.", deep)
    ran = project.run("build", "-f", "text", "-o", "x.txt")
    assert ran.code == 0, ran.err
    text = (project.root / "x.txt").read_bytes().decode()
    check_form(text)
    assert "\nType <b>this</b> <i> now.\n" in text
    assert "\n- level 0\n  - level 1\n    - level 2\n" in text
    assert f"\n{'  ' * 7}- level 7\n{'  ' * 7}- level 8\n" in text  # a phone is narrow


def test_other_scripts_stay_unchanged(project: SmallProject) -> None:
    arabic = (
        "\u0622\u0644\u0627\u0645 \u0627\u0644\u0638\u0647\u0631 \u200fMRI\u200f \u0645\u06cc\u200c\u0634\u0648\u062f"
    )
    project.replace(HANDOUT, "- after a fall", f"- {arabic}\n- \u8170\u75db\u3002")
    ran = project.run("build", "-f", "text", "-o", "x.txt")
    assert ran.code == 0, ran.err
    assert f"\n- {arabic}\n- \u8170\u75db\u3002\n" in (project.root / "x.txt").read_bytes().decode()


# Pieces of HTML, as templates have them


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one<b>two</b> <i>three</i>\n\tfour<br>five <br> six", "onetwo three four\nfive\nsix"),
        ("<span>Phone</span> <span>1</span><div>a</div>b<div>c", "Phone 1\n\na\n\nb\n\nc"),
        ("<p>a&nbsp; b &nbsp;<p>&nbsp;<p>\x07c\x1b&shy;&#8203;d\ufeff", "a\xa0b\n\ncd"),
        ("<h2>Head</h2><p>text<h3>Lower</h3><p>text<h2> </h2>", "Head\n----\n\ntext\n\nLower\ntext"),
        ("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", "- a\n  - b\n\n- c\n\n  d"),
        ("<ol start=3><li>a<li value=7>b<li>c<br>d</ol>", "3. a\n7. b\n8. c\n  d"),
        ("<ul><li></li><li> </li><li>a</ul>", "- a"),
        ("<a href='https://x.org/a'>words</a>. <a href='#a'>inside</a>", "words (https://x.org/a). inside"),
        ("<a href='https://x.org/'>x.org</a> <a href='https://y.org/b-c'>y.org/bc</a>", "x.org y.org/bc (https://y.org/b-c)"),
        ("<a href='mailto:a@x.org'>a@x.org</a> <a href='mailto:a%2Bb@x.org'>us</a>", "a@x.org us (a+b@x.org)"),
        ("<a href='https://x.org'> </a><a href='javascript:x'>a</a>", "a"),
        ("<table><tr><th>A<th>B?<th><tr><td>1<td>2<td>3<tr><td>4<td><td>5</table>", "A: 1\nB? 2\n3\n\nA: 4\nB?\n5"),
        ("<table><tr><td>1<td>2<tr><td><ul><li>3<li>4</ul><td></table>", "1 | 2\n- 3 - 4"),
        ("<table><tr><th>A<th>B<tr><td colspan=2>1</table>", "A | B\n1"),
        ("<table><tr><th>A<tr><td><table><tr><td>in<td>side</table></table>", "A: in side"),
        ("<ul><li><table><tr><th>A<tr><td>1<tr><td>2</table></ul>", "- A: 1\n\n  A: 2"),
        ("<pre>  a\n\n\n\n\tb  \n</pre>", "  a\n\n    b"),
        ("<figure><img alt='x y' src=/no><figcaption>Cap</figcaption></figure><img alt=''>", "Picture: x y\nCap"),
        ("<svg aria-label='drawn'><text>no</text></svg><svg><desc>no</desc><text>b</text></svg>", "Picture: drawn\nb"),
        ("a<p hidden>b<p aria-hidden=true>c<p style='Display : none'>d</p><!-- e --><script>f</script>g", "ag"),
        ("<blockquote><p>a<br>b<p>c<ul><li>d</ul></blockquote><p>e", "| a\n| b\n\n| c\n\n| - d\n\ne"),
        ("<ul><li>a<blockquote>b<blockquote>c</blockquote></blockquote></ul>", "- a\n\n  | b\n\n  | | c"),
        ("20 mg<sup class=citation>1,2</sup>.", "20 mg\xa0[1,2]."),
        ("<div class=symbol-note><span class=symbol>*</span> <p>Note<p>more</div>", "* Note\n\n  more"),
    ],
)  # fmt: skip
def test_each_element_has_its_form(body: str, expected: str) -> None:
    assert text_of_body(body) == f"{expected}\n"


def test_elements_may_be_nested_to_any_depth() -> None:
    assert text_of_body("<div>" * 2000 + "<ul><li>" * 500 + "deep") == "- " * 8 + "deep\n"


def test_a_document_is_never_read_as_a_file_name(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("the secret")
    composed = Composed(str(file), "en", dt.date(2026, 1, 1), (), tmp_path, (), (), file="txt")
    content = write_plain_text(composed, Problems())
    assert content.decode() == f"{file}\n"


WORDS = st.text("abczäß\u05d0\u05d1\u0627\u0644\u8170\U0001f9b4<&-.[", min_size=1, max_size=6)
WHITE = st.sampled_from([" ", "\n", "\t", "  \n ", "\xa0", " \xa0", "\u2028", "\u3000", "\x0c"])
UNSEEN = st.sampled_from(["", "", "\x07", "\x1b", "\x9f", "\xad", "\u200b", "\ufeff"])
LEAVES = st.lists(st.tuples(WORDS, UNSEEN, WHITE), min_size=1, max_size=4).map(
    lambda words: ("".join(f"{html.escape(a)}{b}{c}" for a, b, c in words), [word for word, _, _ in words])
)
HIDDEN = st.sampled_from(["<span hidden>QQ</span>", "<b style='display:none'>QQ</b>", "<!--QQ-->"]).map(
    lambda hidden: (hidden, list[str]())
)
AROUND = [
    *(f"<{tag}>|</{tag}>" for tag in ("div", "p", "span", "em", "h2", "h4", "blockquote", "pre", "figure", "dl", "dd")),
    *("<ul><li>|</li></ul>", "<ol><li>|</li><li>|</li></ol>", "<li>|</li>", "<a href='https://x.org'>|</a>"),
    *("<table><tr><td>|</td><td>|</td></tr><tr><td>|</td></tr></table>", "|<br>|", "<sup class=citation>|</sup>"),
    *("<div class=symbol-note><span class=symbol>*</span>|</div>", "<section>|<hr>|</section>"),
]  # fmt: skip


@st.composite
def filled(draw: st.DrawFn, inner: st.SearchStrategy[tuple[str, list[str]]]) -> tuple[str, list[str]]:
    """Draw an element with others in it, and the words that are seen of them."""
    written, words = "", []
    for number, piece in enumerate(draw(st.sampled_from(AROUND)).split("|")):
        if number:
            for content, seen in draw(st.lists(inner, max_size=3)):
                written += content
                words += seen
        written += piece
    return written, words


@given(st.recursive(st.one_of(LEAVES, HIDDEN), filled, max_leaves=25))
def test_every_word_that_is_seen_is_present_in_its_order(document: tuple[str, list[str]]) -> None:
    body, words = document
    text = text_of_body(body)
    if words:
        check_form(text)
    at = 0
    for word in words:
        found = text.find(word, at)
        assert found >= 0, (word, text[at:])
        at = found + len(word)
    assert "QQ" not in text
    assert re.findall("[\xad\u200b\ufeff\x7f-\x9f\u2028]", text) == []
