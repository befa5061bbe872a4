"""`handouts verify`: whether files and paper are what the project would print today."""

import datetime as dt
import itertools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.provenance.statement import NAMESPACE
from handouts.schema.print_code import NotAPrintCodeError, make_code_from_digest, parse_print_code
from support.command import invoke, run
from support.pdf import text
from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

FORMATS = ["handout", "one-page", "large-print", "booklet", "trifold", "trifold-z", "html", "text"]
WHOLE = "output/clinic/back.en.handout.pdf"
PAGE = "output/clinic/back.en.html"
PART = "output/clinic/back.sections-1-3.en.handout-black.pdf"
PRESS = "output/clinic/back.en.trifold-press.pdf"
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FONTS = ROOT / "styles" / "fonts"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path d="M10 10h180v80h-180z"/></svg>'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """The small project with a picture and a font of the practice, printed in all formats, in part, and for press."""
    project = small_project(tmp_path_factory.mktemp("made"))
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine surgeon")
    project.replace(HANDOUT, "harmless.[^ages]\n", "harmless.[^ages]\n\n![A bone](bone.svg)\n")
    project.write("content/handouts/back/bone.svg", DRAWING)
    project.replace(PRACTICE, "address:", "font: {regular: regular.ttf, bold: bold.ttf}\naddress:")
    for style in ("Regular", "Bold"):
        name = f"AtkinsonHyperlegibleNext-{style}.ttf"
        shutil.copy(FONTS / name, project.root / f"content/practices/clinic/{style.lower()}.ttf")
    for arguments in (
        [word for name in FORMATS for word in ("-f", name)],
        ["-s", "what", "-s", "helps", "--ink", "black"],
        ["-f", "trifold", "--press"],
    ):
        ran = project.run("build", *arguments)
        assert ran.code == 0, ran.err
    return project


@pytest.fixture
def project(made: SmallProject, tmp_path: Path) -> SmallProject:
    """A copy of it, with what was built, to be changed."""
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    return SmallProject(tmp_path.resolve())


def verdicts(project: SmallProject, *subjects: str) -> dict[str, dict[str, Any]]:
    """Verify files or a code; return each verdict by what it is about."""
    ran = invoke(project.root, "verify", "--json", *subjects)
    report = json.loads(ran.out)
    assert report["ok"] == (ran.code == 0)
    assert report["ok"] == all(verdict["status"] == "current" for verdict in report["verdicts"])
    return {verdict["asked"]: verdict for verdict in report["verdicts"]}


def files(project: SmallProject) -> list[str]:
    """Name all that was built, but plain text."""
    paths = project.root.glob("output/clinic/*[!t]")
    return sorted(path.relative_to(project.root).as_posix() for path in paths)


def code_of(project: SmallProject, name: str = WHOLE) -> str:
    """Return the print code on the pages of a PDF."""
    (code,) = set(re.findall(r"Print code (\S+)", text(project.root / name)))
    return str(code)


# Files


def test_all_that_was_built_is_current(made: SmallProject) -> None:
    said = verdicts(made, *files(made))
    assert len(said) == len(FORMATS) - 1 + 2
    assert {verdict["status"] for verdict in said.values()} == {"current"}
    assert said[PART]["made_from"]["sections"] == ["what", "helps"]
    ran = invoke(made.root, "verify", WHOLE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"Current: {WHOLE}",
        f"    back (en) for clinic: HO-1, version 1.0, print code {code_of(made)}",
    ]


def test_one_print_code_stands_on_all_formats_of_the_same_words(made: SmallProject) -> None:
    code = code_of(made)
    for name in files(made):
        if name.endswith(".pdf") and name != PART:
            assert code_of(made, name) == code, name
    assert f"Print code {code}\n" in made.text("output/clinic/back.en.txt")
    assert f"Print code {code}<" in made.text(PAGE)
    assert code_of(made, PART) != code


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        (PRACTICE, "01632 960000", "01632 960001", ["practice"]),
        (PRACTICE, "9 to 5", "9 to 6", ["practice"]),
        (PRACTICE, "#0b5a6f", "#0b5a70", ["brand"]),
        (REFERENCES, "Back pain in adults", "Back pain in grown-ups", ["references"]),
        (HANDOUT, "mostly harmless", "often harmless", ["text"]),
        (HANDOUT, "Above all in adults", "Above all in women", ["text"]),
        (HANDOUT, "before you take medicine", "before you take any medicine", ["text"]),
        (HANDOUT, "Keep moving.", "Keep walking.", ["text"]),
        (HANDOUT, "disclaimer: This handout", "disclaimer: The handout", ["text"]),
        (HANDOUT, "2028-01-10", "2029-01-10", ["version"]),
        ("content/handouts/back/bone.svg", "h180v80", "h170v80", ["pictures"]),
        ("content/practices/clinic/logo.svg", '<rect width="10"', '<rect width="9"', ["brand"]),
    ],
)
def test_a_change_of_the_words_outdates_all_files_and_is_named(
    project: SmallProject, file: str, old: str, new: str, changed: list[str]
) -> None:
    project.replace(file, old, new)
    for name, verdict in verdicts(project, WHOLE, PAGE, PRESS).items():
        assert (verdict["status"], verdict["changed"]) == ("outdated", changed), name


def test_a_change_of_the_design_is_named(project: SmallProject) -> None:
    shipped = (ROOT / "styles/booklet.css").read_text()
    project.write("styles/booklet.css", shipped + ".contact { color: #111 }\n")
    booklet = "output/clinic/back.en.booklet.pdf"
    said = verdicts(project, *files(project))
    assert {name for name, verdict in said.items() if verdict["status"] != "current"} == {booklet}
    assert said[booklet]["changed"] == ["design"]
    ran = invoke(project.root, "verify", booklet)
    assert ran.out.startswith(f"Outdated: {booklet}: changed since: the templates or style sheets\n")

    shutil.copy(FONTS / "AtkinsonHyperlegibleNext-SemiBold.ttf", project.root / "content/practices/clinic/bold.ttf")
    assert verdicts(project, WHOLE)[WHOLE]["changed"] == ["fonts"]
    template = "templates/parts/disclaimer.html.j2"
    project.write(template, (ROOT / template).read_text().replace("strong>", "em>"))
    assert verdicts(project, PAGE)[PAGE]["changed"] == ["design", "fonts"]


@pytest.mark.parametrize("name", ["templates/labels.en.yaml", "styles/trifold.css", "styles/images/important.svg"])
def test_words_imported_sheets_and_pictures_of_sheets_belong_to_the_design(project: SmallProject, name: str) -> None:
    shipped = (ROOT / name).read_text()
    project.write(name, shipped.replace("Your notes", "Notes").replace("22pt", "21pt").replace("#000", "#111"))
    leaflet = "output/clinic/back.en.trifold-z.pdf"
    assert verdicts(project, leaflet)[leaflet]["changed"] == ["design"]


def test_a_new_version_is_shown_with_both_numbers(project: SmallProject) -> None:
    project.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
    said = verdicts(project, WHOLE)[WHOLE]
    assert (said["changed"], said["made_from"]["version"], said["version"]) == (["version"], "1.0", "1.1")
    ran = invoke(project.root, "verify", WHOLE)
    assert ran.code == 1
    assert "changed since: the version or its dates\n" in ran.out
    assert "HO-1, version 1.0 (today 1.1), print code" in ran.out


def test_a_change_that_is_not_printed_outdates_nothing(project: SmallProject) -> None:
    project.replace(HANDOUT, "Talk to your doctor before", "Talk to your\ndoctor before")
    project.replace(HANDOUT, "## When should", "\n\n## When should")
    project.replace(HANDOUT, "keywords:\n", "selections:\n  short: [what]\nkeywords:\n")
    project.write(PRACTICE, f"# Ours\n{project.text(PRACTICE)}")
    project.write(REFERENCES, project.text(REFERENCES) + "  - {id: new2022, type: book, title: More, issued: '2022'}\n")
    project.write("styles/other.css", "p { color: red }")
    assert {verdict["status"] for verdict in verdicts(project, *files(project)).values()} == {"current"}


def test_only_prints_of_a_changed_section_are_outdated(project: SmallProject) -> None:
    project.replace(HANDOUT, "with a fever", "with fever")
    said = verdicts(project, WHOLE, PART)
    assert [said[name]["status"] for name in (WHOLE, PART)] == ["outdated", "current"]


def test_a_print_whose_source_was_removed_is_gone(project: SmallProject) -> None:
    project.replace(HANDOUT, "{#helps}", "{#what-helps}")
    said = verdicts(project, WHOLE, PART)
    assert (said[WHOLE]["status"], said[WHOLE]["changed"]) == ("outdated", ["text"])
    assert (said[PART]["status"], said[PART]["reason"]) == ("gone", 'no section "helps"')
    (project.root / "content/practices/clinic").rename(project.root / "content/practices/harbor")
    assert verdicts(project, WHOLE)[WHOLE]["reason"] == 'no practice "clinic"'


def test_a_print_whose_source_has_errors_is_unknown(project: SmallProject) -> None:
    project.replace(HANDOUT, "[@smith2020]", "[@smith]")
    ran = invoke(project.root, "verify", WHOLE)
    assert ran.code == 1
    assert ran.out.startswith(f"Unknown: {WHOLE}: its handout or practice has errors in the project\n")
    assert 'error[unknown-reference]: no reference "smith"' in ran.err
    project.write(SETTINGS, "language: [")
    ran = invoke(project.root, "verify", WHOLE)
    assert (ran.code, ran.out) == (1, f"Unknown: {WHOLE}: the project cannot be read\n")
    assert "error[bad-yaml]" in ran.err


# Altered, foreign and hostile files


def test_changed_bytes_are_found_while_the_manifest_has_the_file(project: SmallProject) -> None:
    with pikepdf.open(project.root / WHOLE) as pdf:
        del pdf.pages[-1]
        pdf.save(project.root / "cut.pdf")
    page = project.text(PAGE)
    project.write("page.html", page.replace("01632 960000", "01632 960009"))
    project.write("mail.pdf", (project.root / WHOLE).read_bytes())
    said = verdicts(project, "cut.pdf", "page.html", "mail.pdf")
    assert [said[name]["status"] for name in ("cut.pdf", "page.html", "mail.pdf")] == ["altered", "altered", "current"]
    (project.root / "output/manifest.json").unlink()
    assert verdicts(project, "cut.pdf")["cut.pdf"]["status"] == "current"


def test_a_print_of_another_release_is_current_and_names_it(project: SmallProject) -> None:
    older = (project.root / WHOLE).read_bytes().replace(b">handouts 0.1.0", b">handouts 0.0.9")
    project.write("older.pdf", older)
    said = verdicts(project, "older.pdf")["older.pdf"]
    assert said["status"] == "current"
    assert said["reason"].startswith("made with handouts 0.0.9, weasyprint 70.0, ")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


def hostile(whole: bytes, page: bytes) -> dict[str, bytes]:
    """Return files that are not ours, or were changed, each by what is wrong with it."""
    start, end = whole.index(b"<?xpacket begin"), whole.index(b"<?xpacket end")
    packet = whole[start:end] + b'<?xpacket end="r"?>'
    huge = b"<</Type/Metadata/Subtype/XML/Length 200000000>>"

    def with_packet(new: bytes) -> bytes:
        return whole[:start] + new + whole[end:]

    def changed(old: bytes, new: bytes) -> bytes:
        assert whole.count(old) == 1, old
        return whole.replace(old, new)

    return {
        "empty.pdf": b"",
        "nothing.pdf": b"%PDF-1.7\n%%EOF\n",
        "cut-off.pdf": whole[: len(whole) // 2],
        "cut-in-packet.pdf": whole[: (start + end) // 2],
        "cut-after.pdf": whole[:-20],
        "bomb.pdf": with_packet(packet.replace(b"<x:xmpmeta", BOMB + b"<x:xmpmeta", 1).replace(b">HO-1<", b">&c;<")),
        "broken.pdf": with_packet(packet.replace(b"</rdf:RDF>", b"")),
        "binary.pdf": with_packet(packet.replace(b">HO-1<", b">\xff\xfe\x00<")),
        "long.pdf": with_packet(packet.replace(b">HO-1<", b">" + b"H" * 70_000 + b"<")),
        "deep.pdf": with_packet(packet.replace(b">HO-1<", b">" + b"<a>" * 9_000 + b"<")),
        "many.pdf": whole.replace(b"%%EOF", b"<?xpacket begin=<?xpacket end=" * 2000 + b"%%EOF"),
        "claim.pdf": b"%PDF-1.7\n1 0 obj\n" + huge + f"\nstream\n{NAMESPACE}\n%%EOF\n".encode(),
        "two.pdf": whole.replace(b"%%EOF", packet.replace(b">HO-1<", b">HO-2<") + b"\n%%EOF"),
        "twice.pdf": changed(b"<handouts:ink>", b"<handouts:ink>black</handouts:ink><handouts:ink>"),
        "other-place.pdf": changed(b">clinic</handouts:practice>", b">../../etc</handouts:practice>"),
        "all-places.pdf": changed(b">clinic</handouts:practice>", b">*</handouts:practice>"),
        "no-digest.pdf": changed(b"text=", b"test="),
        "less.pdf": changed(b"<handouts:tool>", b"<handouts:fool>").replace(b"</handouts:tool>", b"</handouts:fool>"),
        "code.pdf": re.sub(rb"printCode>...-...-...<", b"printCode>000-000-001<", whole),
        "text.html": b"handouts made this\n",
        "less.html": page.replace(b'"handouts:tool"', b'"handouts:toll"'),
        "twice.html": page.replace(b"<title>", b'<meta name="handouts:ink" content="black"><title>', 1),
        "zeros.html": bytes(1000),
        "cut.html": page[:40_000],
    }


def test_foreign_broken_and_hostile_files_are_not_ours(project: SmallProject) -> None:
    whole, page = (project.root / WHOLE).read_bytes(), (project.root / PAGE).read_bytes()
    names = list(hostile(whole, page))
    for name, content in hostile(whole, page).items():
        project.write(name, content)
    with pikepdf.new() as foreign:
        foreign.add_blank_page()
        foreign.save(project.root / "foreign.pdf")
    with pikepdf.open(project.root / WHOLE) as pdf:
        pdf.save(project.root / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    with (project.root / "huge.pdf").open("wb") as huge:
        huge.write(whole)
        huge.truncate(200_000_001)
    said = verdicts(project, *names, "foreign.pdf", "locked.pdf", "huge.pdf")
    assert {name: verdict["status"] for name, verdict in said.items() if verdict["status"] != "not-ours"} == {}
    assert [name for name, verdict in said.items() if not verdict["reason"] or verdict["made_from"]] == []
    assert said["empty.pdf"]["reason"] == "the file is empty"
    assert said["cut-after.pdf"]["reason"] == "the PDF is cut off"
    assert said["cut.html"]["reason"] == "the web page is cut off"
    assert said["locked.pdf"]["reason"].endswith(", or is encrypted")
    assert said["bomb.pdf"]["reason"] == "its metadata has declarations, which files made by handouts never have"
    assert said["two.pdf"]["reason"] == said["twice.html"]["reason"] == "its metadata contradicts itself"
    assert said["other-place.pdf"]["reason"] == "its statement of what it was made from is invalid (practice)"
    assert said["huge.pdf"]["reason"] == "the file is larger than 200 MB"


def test_a_file_with_its_statement_twice_was_altered(project: SmallProject) -> None:
    whole = (project.root / WHOLE).read_bytes()
    packet = whole[whole.index(b"<?xpacket begin") : whole.index(b"<?xpacket end")] + b'<?xpacket end="r"?>'
    project.write("twice.pdf", whole.replace(b"%%EOF", packet + b"\n%%EOF"))
    assert verdicts(project, "twice.pdf")["twice.pdf"]["status"] == "altered"


def test_plain_text_is_verified_by_its_code(made: SmallProject) -> None:
    ran = invoke(made.root, "verify", "output/clinic/back.en.txt")
    assert ran.code == 1
    assert (
        ran.out
        == "Unknown: output/clinic/back.en.txt: plain text has no embedded statement: verify its print code instead\n"
    )


# Print codes


def test_a_code_is_understood_as_people_type_it(made: SmallProject) -> None:
    code = code_of(made)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for asked in ([code], [typed], typed.split(), [code.replace("-", "")]):
        ran = invoke(made.root, "verify", *asked)
        assert ran.code == 0, ran.err
        assert ran.out.startswith(f"Current: {code}\n    back (en) for clinic: HO-1, version 1.0")


def test_codes_are_known_from_the_manifest_or_from_what_would_be_printed_today(project: SmallProject) -> None:
    whole, part = code_of(project), code_of(project, PART)
    assert verdicts(project, part)[part]["status"] == "current"
    project.write("styles/handout.css", (ROOT / "styles/handout.css").read_text() + "p { color: #111 }")
    assert verdicts(project, whole)[whole]["status"] == "current"  # the words are the same
    manifest = project.root / "output/manifest.json"
    kept = manifest.read_bytes()
    manifest.unlink()
    assert verdicts(project, whole)[whole]["status"] == "current"
    assert verdicts(project, part)[part]["status"] == "unknown"  # of many choices of sections, this one
    manifest.write_bytes(kept)
    project.replace(HANDOUT, "mostly harmless", "often harmless")
    said = verdicts(project, whole)[whole]
    assert (said["status"], said["changed"]) == ("outdated", ["text"])
    manifest.unlink()
    said = verdicts(project, whole)[whole]
    assert said["status"] == "unknown"
    assert "outdated, or has a choice of sections that was not recorded" in said["reason"]


def test_the_code_of_a_single_section_is_known_without_a_manifest(project: SmallProject) -> None:
    assert project.run("build", "-s", "worry", "-o", "worry.pdf").code == 0
    code = code_of(project, "worry.pdf")
    assert verdicts(project, code)[code]["made_from"]["sections"] == ["worry"]
    assert verdicts(project, "worry.pdf")["worry.pdf"]["status"] == "current"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("nothing.pdf", "nothing.pdf is neither a file nor a print code: a print code has nine letters and digits"),
        ("7KQ-2M4-XE", "a print code has nine letters and digits"),
        ("UUU-UUU-UUU", "a print code has nine letters and digits"),
        ("000-000-001", "a letter or digit of the print code is wrong"),
        ("000 000 001", "000 000 001 is neither a file nor a print code: a letter or digit of the print code is wrong"),
        ("output", "output is a folder"),
    ],
)
def test_a_name_that_is_neither_file_nor_code_is_wrong_usage(made: SmallProject, asked: str, message: str) -> None:
    ran = invoke(made.root, "verify", *asked.split())
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


@given(st.binary(min_size=5, max_size=32))
def test_a_code_is_read_as_it_is_written_and_typed(digest: bytes) -> None:
    code = make_code_from_digest(digest)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{3}){2}", code)
    assert {parse_print_code(typed) for typed in (code, code.lower(), code.replace("-", " ").replace("0", "o"))} == {
        code
    }


def test_any_one_or_two_wrong_characters_are_found() -> None:
    # The code is linear, so what holds for one code holds for all; a swap is two wrong characters.
    right = make_code_from_digest(bytes(5)).replace("-", "")
    assert _is_code(right)
    for (first, second), signs in itertools.product(
        itertools.combinations(range(len(right)), 2), itertools.product(SIGNS, SIGNS)
    ):
        typed = [*right]
        typed[first], typed[second] = signs
        assert _is_code("".join(typed)) == ("".join(typed) == right)


def _is_code(text: str) -> bool:
    try:
        parse_print_code(text)
    except NotAPrintCodeError:
        return False
    return True


# Drafts and reviews that are overdue


TODAY = dt.datetime.now().astimezone().date()
LONG_AGO, SAID = dt.date(2021, 2, 3), "3 February 2021"


def small_print(folder: Path, status: str, review_due: dt.date) -> tuple[SmallProject, str]:
    """Build a web page and plain text of a handout; give the project, and the print code."""
    project = small_project(folder)
    project.replace(HANDOUT, "status: draft", f"status: {status}\nreviewed_by: Spine surgeon")
    project.replace(
        HANDOUT, "published: 2026-01-10\nreview_due: 2028-01-10", f"published: 2020-01-10\nreview_due: {review_due}"
    )
    assert project.run("build", "-f", "html", "-f", "text").code == 0
    found = re.search(r"Print code (\S+)<", project.text(PAGE))
    assert found
    return project, found[1]


@pytest.mark.parametrize(
    ("status", "review_due", "said", "draft", "overdue"),
    [
        ("draft", TODAY, "Current, but a DRAFT: do not hand out: {asked}: current", True, None),
        (
            "draft",
            LONG_AGO,
            f"Current, but a DRAFT, and overdue since {SAID}: do not hand out: {{asked}}: current",
            True,
            "2021-02-03",
        ),
        ("approved", LONG_AGO, f"Overdue since {SAID}: do not hand out: {{asked}}: current", False, "2021-02-03"),
        ("approved", TODAY - dt.timedelta(days=1), "Overdue since ", False, str(TODAY - dt.timedelta(days=1))),
        ("approved", TODAY, "Current: {asked}", False, None),
    ],
)
def test_drafts_and_overdue_handouts_are_not_to_be_handed_out(
    tmp_path: Path, status: str, review_due: dt.date, said: str, *, draft: bool, overdue: str | None
) -> None:
    project, code = small_print(tmp_path, status, review_due)
    for asked in (PAGE, code):
        ran = invoke(project.root, "verify", asked)
        assert ran.out.splitlines()[0].startswith(said.format(asked=asked))
        assert ran.code == int(draft or overdue is not None)
        report = json.loads(invoke(project.root, "verify", "--json", asked).out)
        (verdict,) = report["verdicts"]
        assert report["ok"] == (ran.code == 0)
        assert (verdict["status"], verdict["draft"], verdict["overdue_since"]) == ("current", draft, overdue)


def test_a_file_states_itself_that_it_is_a_draft(tmp_path: Path) -> None:
    project, code = small_print(tmp_path, "draft", LONG_AGO)
    project.replace(HANDOUT, "status: draft", "status: approved")
    project.replace(HANDOUT, "2021-02-03", str(TODAY))
    for asked in (PAGE, code):
        first = invoke(project.root, "verify", asked).out.splitlines()[0]
        assert first == (
            f"DRAFT, and overdue since {SAID}: do not hand out: {asked}: outdated: "
            "changed since: the version or its dates"
        )
    (project.root / HANDOUT).unlink()
    assert invoke(project.root, "verify", PAGE).out.startswith(f"DRAFT, and overdue since {SAID}: do not hand out: ")


def test_a_clock_of_the_past_makes_nothing_current(tmp_path: Path) -> None:
    project, _ = small_print(tmp_path, "approved", LONG_AGO)
    ran = run(project.root, "verify", PAGE, SOURCE_DATE_EPOCH="1590000000")
    assert (ran.code, ran.out[:13]) == (1, "Overdue since")


def test_a_file_without_its_status_is_judged_by_the_project(tmp_path: Path) -> None:
    project, _ = small_print(tmp_path, "draft", TODAY)
    older = re.sub(r'<meta name="handouts:(status|reviewDue)"[^>]*>\n?', "", project.text(PAGE))
    assert older != project.text(PAGE)
    project.write("older.html", older)
    manifest = project.root / "output/manifest.json"
    manifest.unlink()
    assert invoke(project.root, "verify", "older.html").out.startswith(
        "Current, but a DRAFT: do not hand out: older.html: current\n"
    )
    project.replace(HANDOUT, "status: draft", "status: approved")
    assert invoke(project.root, "verify", "older.html").out.startswith(
        "Outdated: older.html: changed since: the version"
    )
