"""Mistakes in front matter, settings and YAML syntax: the message, the hint and the exact place of each."""

import pytest

from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, Mistake, SmallProject

DATE_HINT = "write YYYY-MM-DD, such as 2026-05-31"
NO_LIST = "has to be a list (lines that start with a hyphen); found"

YAML = {
    "tab": Mistake("code:", "\tcode:", "bad-yaml", "\tcode:", "tab character", "spaces, not tabs"),
    "tab in list": Mistake("  - Keep", "\t- Keep", "bad-yaml", "\t- Keep", "cannot start", "spaces, not tabs"),
    "open quote": Mistake('"1.0"', '"1.0', "bad-yaml", '"1.0', "quoted scalar", "the quote that opens here"),
    "colon": Mistake("For people", "For: people", "bad-yaml", ": people", "values are not allowed", "in quotes"),
    "open bracket": Mistake("draft", "[draft", "bad-yaml", ": For", "flow sequence", "brackets here and on the line"),
    "indented too far": Mistake("code:", "  code:", "bad-yaml", ": HO-1", "values are not allowed", "in quotes"),
    "indented too little": Mistake("    meaning", "   meaning", "bad-yaml", "meaning", "expected", "indentation"),
    "alias": Mistake("Back pain\n", "*x\n", "yaml-alias", "*x", "(*name) are not supported", "write the"),
    "key twice": Mistake("status", "code: X\nstatus", "duplicate-key", "code: X", "twice, first on line 3", "keep one"),
    "group as a key": Mistake("status", "? {a: b}\n: c\nstatus", "bad-yaml", "{a: b}", "a key has to be a word"),
}
VALUES = {
    "31 February": Mistake(
        "2026-01-10", "2026-02-31", "bad-date", "2026-02-31", '"published": invalid date', DATE_HINT
    ),
    "slashes": Mistake("2026-01-10", "22/11/2026", "bad-date", "22/11/2026", 'invalid date "22/11/2026"', DATE_HINT),
    "week": Mistake("2026-01-10", "2026-W02-1", "bad-date", "2026-W02-1", 'invalid date "2026-W02-1"', DATE_HINT),
    "no date": Mistake("2026-01-10", "", "wrong-type", "published", "a date of the form YYYY-MM-DD; found nothing"),
    "early review": Mistake(
        *(
            "2028-01-10",
            "2026-01-09",
            "review-before-publication",
            "2026-01-09",
            'has to be later than "published"',
        )
    ),
    "no reviewer": Mistake(
        "draft",
        "approved\nreviewed_by:",
        "no-reviewer",
        "reviewed_by",
        '"approved", but no reviewer',
    ),
    "list for text": Mistake("Back pain\n", "[Back]\n", "wrong-type", "title", "has to be a text; found a list"),
    "text for list": Mistake("\n  - Keep", " Keep", "wrong-type", "Keep", f'"actions" {NO_LIST} "Keep moving."'),
    "text for group": Mistake("term: vertebra\n    ", "", "missing-field", "meaning", '"term" is missing', "term: ..."),
    "text in list of groups": Mistake(
        *(
            "term: vertebra\n    meaning: A",
            "A",
            "wrong-type",
            "A bone",
            'a group of fields; found "A bone of the back."',
        )
    ),
    "nothing for text": Mistake("Back pain\n", "\n", "wrong-type", "title", '"title" has to be a text; found nothing'),
    "nothing for list": Mistake("\n  - Keep moving.", "", "wrong-type", "actions", f'"actions" {NO_LIST} nothing'),
    "nothing for word": Mistake("draft", "~", "wrong-type", "status", "one of: draft, approved; found nothing"),
    "empty text": Mistake("HO-1", '" "', "empty-field", '" "', '"code" is empty'),
    "empty item": Mistake("  - Keep moving.", '  - ""', "empty-field", '""', '"actions" is empty'),
    "unknown word": Mistake(
        "draft", "aproved", "unknown-value", "aproved", '"status" cannot be "aproved"', '"approved"?'
    ),
    "escape": Mistake("Back pain\n", '"a\\eb"\n', "control-character", '"a', "invalid control character U+001B"),
}
FIELDS = {
    "unknown": Mistake("status", "keyword: a\nstatus", "unknown-field", "keyword:", '"keyword"', '"keywords"?'),
    "nested": Mistake("meaning", "means: x\n    meaning", "unknown-field", "means", '"means"', '"meaning"?'),
    "far off": Mistake("meaning", "zzz: x\n    meaning", "unknown-field", "zzz", '"zzz"', "known: meaning, term"),
    "missing": Mistake(
        "audience: For people with back pain\n", "", "missing-field", "title", '"audience"', "audience: ..."
    ),
    "missing reviewer": Mistake(
        "draft", "approved", "no-reviewer", "title", '"approved", but no reviewer', "reviewed_by: ..."
    ),
    "a version as long as a page": Mistake(
        'version: "1.0"', f'version: "{"1." * 51}"', "bad-value", '"1.1.', "at most 100 characters"
    ),
}
SETTING = {
    "unknown": Mistake("paper", "papers", "unknown-field", "papers", 'unknown field "papers"', '"paper"?'),
    "nested": Mistake(
        "paper: a4", "pictures: {max_pixel: 9}", "unknown-field", "max_pixel", '"max_pixel"', '"max_pixels"?'
    ),
    "paper": Mistake("a4", "legal", "unknown-value", "legal", '"paper" cannot be "legal"', "known: a4, letter"),
    "no number": Mistake("paper: a4", "pictures: {max_bytes: 5 MB}", "wrong-type", "5 MB", "a whole number"),
    "number too small": Mistake(
        "paper: a4", "pictures: {max_bytes: 0}", "bad-value", "0}", "greater than or equal to 1"
    ),
    "second document": Mistake("paper", "---\npaper", "bad-yaml", "---", "a second document", "the line of ---"),
}


REPORTED = """\
handouts.yaml:2:1: error[unknown-field]: unknown field "papers"
    | papers: a4
    | ^
    hint: did you mean "paper"?
content/references.yaml:11:5: error[incomplete-reference]: reference "jones2021" lacks title
    |   - id: jones2021
    |     ^
    hint: if its source is not known, write "status: missing"
content/handouts/back/en.md:7:9: error[unknown-value]: "status" cannot be "drafted"
    | status: drafted
    |         ^
    hint: did you mean "draft"?
content/handouts/back/en.md:26:57: error[unknown-note]: no note [^age]
    | Back pain is common [@smith2020]. It is mostly harmless.[^age] [@smith2021]
    |                                                         ^
    hint: did you mean "ages"?
content/handouts/back/en.md:26:64: error[unknown-reference]: no reference "smith2021"
    |  pain is common [@smith2020]. It is mostly harmless.[^age] [@smith2021]
    |                                                            ^
    hint: did you mean "smith2020"?
content/handouts/back/en.md:39:25: error[broken-reference]: the reference "jones2021" has errors
    | | Walking | most people [@jones2021] |
    |                         ^
    hint: correct them in content/references.yaml
content/handouts/back/en.md:45: error[unused-note]: no mark refers to the note [^ages]
    | [^ages]: Above all in adults.
    hint: add the mark or remove the note
content/practices/clinic/practice.yaml:3:7: error[missing-file]: file not found: logo.gif
    | logo: logo.gif
    |       ^
    hint: put it into content/practices/clinic/, or correct its name
content/practices/clinic/practice.yaml:19:15: error[unknown-handout]: no handout "backs"
    |   - {handout: backs, section: what, file: more.md}
    |               ^
    hint: did you mean "back"?
content/practices/clinic/more.md:1:5: error[unknown-reference]: no reference "smiht2020"
    | See [@smiht2020].
    |     ^
    hint: did you mean "smith2020"?
not built because it has errors: handouts.yaml
0 built, 0 unchanged, 1 failed; 0 pages in all
"""


@pytest.mark.parametrize("mistake", [*YAML.values(), *VALUES.values(), *FIELDS.values()], ids=[*YAML, *VALUES, *FIELDS])
def test_a_mistake_in_front_matter_is_reported_at_its_place(project: SmallProject, mistake: Mistake) -> None:
    project.check_mistake(HANDOUT, mistake)


@pytest.mark.parametrize("mistake", SETTING.values(), ids=SETTING)
def test_a_mistake_in_settings_is_reported_at_its_place(project: SmallProject, mistake: Mistake) -> None:
    project.check_mistake(SETTINGS, mistake)


def test_the_small_project_has_no_problems(project: SmallProject) -> None:
    assert project.problems() == ()


def test_texts_are_read_as_written(project: SmallProject) -> None:
    project.replace(HANDOUT, "Back pain\ncode", "no\ncode")
    project.replace(HANDOUT, "HO-1", "0x1F")
    project.replace(HANDOUT, '"1.0"', "1.10")
    project.replace(HANDOUT, "For people with back pain", "2026-05-31")
    project.replace(HANDOUT, "- back pain", "- 1e3")
    reading = project.read()
    assert reading.problems == ()
    assert reading.library
    front = reading.library.handouts[0].front
    assert (front.title, front.code, front.version, front.audience) == ("no", "0x1F", "1.10", "2026-05-31")
    assert front.keywords == ("1e3",)
    assert reading.library.practices["clinic"].profile.phones[0].number == "01632 960000"


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_an_optional_field_may_be_empty(project: SmallProject, nothing: str) -> None:
    project.replace(HANDOUT, "status: draft", f"status: draft\nreviewed_by: {nothing}\nsponsor: {nothing}")
    project.replace(PRACTICE, "country: GB", f"country: GB\nlogo_black: {nothing}")
    assert project.problems() == ()


def test_empty_settings_mean_the_defaults(project: SmallProject) -> None:
    project.write(SETTINGS, "# nothing yet\n")
    reading = project.read()
    assert reading.problems == ()
    assert reading.library
    assert reading.library.settings.paper == "letter"


def test_all_mistakes_of_a_project_are_reported_at_once(project: SmallProject) -> None:
    project.replace(SETTINGS, "paper: a4", "papers: a4")
    project.replace(REFERENCES, "title: The healthy back\n    publisher", "publisher")
    project.replace(HANDOUT, "status: draft", "status: drafted")
    project.replace(HANDOUT, "[^ages]\n", "[^age] [@smith2021]\n")
    project.replace(PRACTICE, "logo: logo.svg", "logo: logo.gif")
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: backs, section: what, file: more.md}\nwebsite")
    project.write("content/practices/clinic/more.md", "See [@smiht2020].\n")
    ran = project.run("build")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == REPORTED


def test_a_broken_handout_does_not_stop_the_others(project: SmallProject) -> None:
    project.write("content/handouts/neck/en.md", project.text(HANDOUT).replace("@smith2020", "@smith2002"))
    ran = project.run("build")
    assert (ran.code, ran.out) == (1, "output/clinic/back.en.handout.pdf\n")
    assert (project.root / "output/clinic/back.en.handout.pdf").read_bytes().startswith(b"%PDF-")
    assert not list(project.root.glob("output/*/neck*"))
    assert ran.err.splitlines()[:4] == [
        'content/handouts/neck/en.md:26:21: error[unknown-reference]: no reference "smith2002"',
        "    | Back pain is common [@smith2002]. It is mostly harmless.[^ages]",
        "    |                     ^",
        '    hint: did you mean "smith2020"?',
    ]
