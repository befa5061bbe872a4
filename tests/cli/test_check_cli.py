"""`handouts check` as people and machines run it: what is chosen, exit codes, outputs, acceptances, severities."""

import datetime as dt
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from handouts.problems.problem import Place
from handouts.schema.check_report import CheckReport
from support.command import Ran, copy_of_shipped, invoke, run_here
from support.command import run as run_anywhere
from support.projects import HANDOUT, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project

DAY = ("--today", "2026-06-01")
REASON = "known, and to be changed with the next version"


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """The small project, in which only a draft is found."""
    project = small_project(tmp_path)
    project.replace(HANDOUT, "common [@smith2020].", "common.[@smith2020]")
    return project


def check(project: SmallProject, *arguments: str) -> Ran:
    if "--rendered" in arguments:
        return run_here(project.root, "check", "-j", "1", *DAY, *arguments)
    return invoke(project.root, "check", "-j", "1", *DAY, *arguments)


def report(project: SmallProject, *arguments: str) -> CheckReport:
    return CheckReport.model_validate_json(check(project, "--format", "json", *arguments).out)


def codes(project: SmallProject, *arguments: str) -> list[str]:
    return [finding.code for finding in report(project, *arguments).findings]


# What is found


def test_shipped_content_has_only_its_draft_its_missing_source_and_unreviewed_translations(tmp_path: Path) -> None:
    ran = invoke(copy_of_shipped(tmp_path), "check", "-j", "1", "--today", "2026-11-22", "--format", "json")
    found = json.loads(ran.out)
    of_the_practice = ["unreviewed-translation"] * 4  # its texts in other languages
    assert [finding["code"] for finding in found["findings"]] == ["draft", *of_the_practice, "missing-reference"]
    # Figures that the source gives without a source of its own, and a web page without an address.
    assert [finding["code"] for finding in found["accepted"]] == [*["uncited-figure"] * 2, "incomplete-source"]
    assert ran.code == 0


def test_findings_are_shown_with_line_and_hint(project: SmallProject) -> None:
    ran = check(project)
    assert (ran.code, ran.err) == (0, "0 errors, 1 warning, 0 accepted\n")
    assert ran.out == (
        'content/handouts/back/en.md:1: warning[draft]: "back" is a draft: no clinician has reviewed it\n'
        "    | ---\n"
        "    hint: have it reviewed\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 0), (("--strict",), 1), (("--today", "2029-01-01"), 1), (("-p", "clinic"), 0)]
)
def test_exit_code_tells_of_errors_and_if_strict_of_warnings(
    project: SmallProject, arguments: tuple[str, ...], code: int
) -> None:
    assert check(project, *arguments).code == code


@pytest.mark.parametrize(
    "arguments", [("bakc",), ("-p", "clinics"), ("--today", "tomorrow"), ("--format", "xml"), ("--explain", "x")]
)
def test_wrong_usage_has_its_own_code_and_says_nothing_on_stdout(
    project: SmallProject, arguments: tuple[str, ...]
) -> None:
    ran = check(project, *arguments)
    assert (ran.code, ran.out) == (2, "")


def test_outside_a_project_there_is_nothing_to_check(tmp_path: Path) -> None:
    ran = invoke(tmp_path, "check")
    assert (ran.code, ran.out) == (1, "")
    assert "no-project" in ran.err


def test_what_is_named_is_checked_alone(project: SmallProject) -> None:
    project.write("content/handouts/neck/en.md", project.text(HANDOUT).replace("@jones2021", "@nobody"))
    project.replace(PRACTICE, '"999"', '"911"')
    assert codes(project, "back") == ["draft"]
    assert codes(project, "n*") == ["unknown-reference"]
    assert codes(project, "-p", "clinic") == ["wrong-emergency-number"]
    assert sorted(codes(project, "neck", "-p", "clinic")) == ["unknown-reference", "wrong-emergency-number"]


def test_a_source_that_only_an_unread_handout_may_cite_is_not_called_unused(project: SmallProject) -> None:
    project.replace(HANDOUT, "[@smith2020]", "[@nobody]")
    assert codes(project) == ["unknown-reference"]


def test_broken_settings_are_the_only_finding(project: SmallProject) -> None:
    project.write(SETTINGS, "checks: {severities: {draft: loud}, review_days: soon}\n")
    assert codes(project) == ["unknown-value", "wrong-type"]


# Severities and thresholds


def test_settings_make_findings_errors_or_leave_them_out(project: SmallProject) -> None:
    project.write(SETTINGS, "checks: {severities: {draft: error}}\n")
    assert check(project).code == 1
    project.write(SETTINGS, "checks: {severities: {draft: off}}\n")
    assert codes(project, "--strict") == []


def test_thresholds_are_those_of_the_settings(project: SmallProject) -> None:
    project.write(SETTINGS, "checks: {review_days: 600, review_years: 1, source_years: 5}\n")
    assert codes(project) == ["draft", "review-soon", "review-interval", "old-source"]


def test_dates_are_judged_by_the_real_day_whatever_the_epoch(project: SmallProject) -> None:
    before = dt.datetime.now().astimezone().date()
    ran = run_anywhere(project.root, "check", "--format", "json", SOURCE_DATE_EPOCH="0")
    assert before <= dt.date.fromisoformat(json.loads(ran.out)["today"]) <= dt.datetime.now().astimezone().date()


# Acceptances


def accept(project: SmallProject, file: str, at: str, *, words: str = "", code: str = "draft") -> None:
    about = f', words: "{words}"' if words else ""
    project.replace(file, at, f"accepted: [{{code: {code}, reason: '{REASON}'{about}}}]\n{at}")


def test_an_accepted_finding_is_listed_with_its_reason(project: SmallProject) -> None:
    accept(project, HANDOUT, "keywords:")
    ran = check(project, "--strict")
    assert (ran.code, ran.err) == (0, "0 errors, 0 warnings, 1 accepted\n")
    assert ran.out.splitlines() == [
        'content/handouts/back/en.md:1: accepted[draft]: "back" is a draft: no clinician has reviewed it',
        f"    reason: {REASON}",
    ]


def test_a_practice_accepts_what_is_found_in_its_files(project: SmallProject) -> None:
    project.replace(PRACTICE, '"999"', '"911"')
    accept(project, PRACTICE, "website:", code="wrong-emergency-number")
    assert [one.code for one in report(project).accepted] == ["wrong-emergency-number"]


def test_a_source_accepts_what_is_found_in_it(project: SmallProject) -> None:
    project.replace(REFERENCES, "    publisher: Harbor Press\n", "")
    accept(project, REFERENCES, '    issued: "2021"', code="incomplete-source")
    project.replace(REFERENCES, "accepted:", "    accepted:")
    assert [one.code for one in report(project).accepted] == ["incomplete-source"]


def test_words_say_which_finding_is_accepted(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall", "- 1 in 4 of us\n- 2 in 4 of us")
    accept(project, HANDOUT, "keywords:", code="uncited-figure", words="2 IN 4")
    found = report(project)
    assert [one.code for one in found.findings] == ["draft", "uncited-figure"]
    assert [one.message for one in found.accepted] == ['no source is given for "2 in 4"']


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("vague-link", "", "unused-acceptance"),
        ("draft", "another word", "unused-acceptance"),
        ("darft", "", "unknown-code"),
        ("bad-yaml", "", "fixed-severity"),
    ],
)
def test_an_acceptance_without_effect_is_reported(project: SmallProject, code: str, words: str, expected: str) -> None:
    accept(project, HANDOUT, "keywords:", code=code, words=words)
    found = report(project).findings
    place = project.place(HANDOUT, f"code: {code},")
    place = Place(place.file, place.line, place.column + len("code: "))
    assert [(one.code, one.line, one.column) for one in found if one.code != "draft"] == [
        (expected, place.line, place.column)
    ]


def test_what_is_found_on_pages_only_is_not_missed_without_them(project: SmallProject) -> None:
    accept(project, HANDOUT, "keywords:", code="lone-line")
    assert codes(project) == ["draft"]
    assert codes(project, "--rendered") == ["draft", "unused-acceptance"]


def test_acceptances_of_what_was_not_looked_at_are_not_judged(project: SmallProject) -> None:
    project.replace(REFERENCES, "    publisher: Harbor Press\n", "")
    accept(project, REFERENCES, '    issued: "2021"', code="incomplete-source")
    project.replace(REFERENCES, "accepted:", "    accepted:")
    accept(project, PRACTICE, "website:", code="long-sentence")
    project.replace(PRACTICE, "website:", "inserts: [{handout: back, section: what, file: more.md}]\nwebsite:")
    project.write("content/practices/clinic/more.md", "Ask at the desk.\n")
    assert codes(project) == ["draft", "unused-acceptance"]
    project.replace(HANDOUT, "[@smith2020]", "[@nobody]")
    assert codes(project) == ["unknown-reference"]


def test_an_acceptance_of_pages_that_were_not_laid_out_is_not_judged(project: SmallProject) -> None:
    accept(project, HANDOUT, "keywords:", code="lone-line")
    project.write(SETTINGS, "sets: {all: [{formats: [hmtl]}]}\n")
    assert codes(project, "--rendered") == ["draft", "bad-set"]


def test_an_acceptance_needs_a_reason(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", "accepted: [{code: draft}]\nkeywords:")
    assert codes(project) == ["missing-field"]


# Pages


def test_rendered_pages_are_looked_at_too(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall", "- after a fall \u2e80\U0001f9b4")
    found = report(project).findings
    assert [finding.code for finding in found] == ["draft", "letter-in-no-font", "letter-in-no-font"]
    rendered = report(project, "--rendered", "--ink", "black")
    # Its logo is printed in color, too.
    added, _ = (finding for finding in rendered.findings if finding not in found)
    place = project.place(HANDOUT, "- after a fall")
    assert (added.code, added.file, added.line) == ("missing-glyph", HANDOUT, place.line)
    # Page 1 is enough by itself; the answers follow it.
    assert added.message.startswith("clinic/back.en.handout-black.pdf: page 2")
    assert not (project.root / "output").exists()


def test_paper_and_ink_are_for_pages(project: SmallProject) -> None:
    ran = check(project, "--paper", "a4")
    assert (ran.code, "--paper and --ink are for --rendered" in ran.err) == (2, True)


def test_each_output_of_the_sets_is_laid_out(project: SmallProject) -> None:
    project.write(SETTINGS, "sets: {all: [{formats: [html, text]}]}\n")
    project.replace(HANDOUT, "- after a fall", "- after a fall \u2e80\U0001f9b4")
    found = report(project).findings
    added = [finding for finding in report(project, "--rendered").findings if finding not in found]
    outputs = {finding.message.split(":")[0] for finding in added}
    assert outputs == {"clinic/back.en.html"}


# Sets


@pytest.mark.parametrize(
    ("entry", "at", "message"),
    [
        ("handouts: [back, bakc]", "bakc", 'no handout "bakc"'),
        ("handouts: [knee-*]", "knee-*", 'no handout "knee-*"'),
        ("practices: [clinics]", "clinics", 'no practice "clinics"'),
        ("languages: [es]", "es]", 'no language "es"'),
        ("formats: [text, hmtl]", "hmtl", 'no format "hmtl"'),
        ("sections: [what, hlps]", "hlps", 'no section "hlps"'),
        ("without: [hlps]", "hlps", 'no section "hlps"'),
        ("without: [about, treatment]", "{without", "no section of back is left to print"),
    ],
)
def test_a_set_that_cannot_be_built_is_reported_at_its_mistake(
    project: SmallProject, entry: str, at: str, message: str
) -> None:
    project.write(SETTINGS, f"sets:\n  all:\n    - {{formats: [text]}}\n    - {{{entry}}}\n")
    (found,) = [one for one in report(project).findings if one.code != "draft"]
    place = project.place(SETTINGS, at)
    assert (found.code, found.file, found.line, found.column) == ("bad-set", place.file, place.line, place.column)
    assert message in found.message


def test_each_wrong_name_of_a_set_is_reported(project: SmallProject) -> None:
    project.write(SETTINGS, "sets: {all: [{handouts: [bakc, knee], practices: [clinics], formats: [hmtl]}]}\n")
    assert codes(project) == ["draft", *["bad-set"] * 4]


def test_a_set_may_name_what_cannot_be_read(project: SmallProject) -> None:
    project.write(SETTINGS, "sets: {all: [{handouts: [back], sections: [helps]}, {sections: [other]}]}\n")
    project.replace(HANDOUT, "[@smith2020]", "[@nobody]")
    assert codes(project) == ["unknown-reference"]


def test_a_broken_set_is_a_finding_beside_those_of_pages_of_the_others(project: SmallProject) -> None:
    project.write(SETTINGS, "sets: {all: [{formats: [hmtl]}, {formats: [html]}], none: [{handouts: [bakc]}]}\n")
    project.replace(HANDOUT, "- after a fall", "- after a fall \u2e80\U0001f9b4")
    ran = check(project, "--rendered", "--format", "json")
    found = CheckReport.model_validate_json(ran.out).findings
    assert ran.code == 1
    of_letters = {"letter-in-no-font", "letter-without-font"}
    assert sorted(one.code for one in found if one.code not in of_letters) == ["bad-set", "bad-set", "draft"]
    assert {one.message.split(":")[0] for one in found if one.code == "letter-without-font"} == {"clinic/back.en.html"}


# Outputs for machines

HOSTILE = '100%25::error file=x,line=1::\\u2066 a, b: \\"c\\" < b >'


def hostile(project: SmallProject) -> None:
    """Put what each output has to escape into a message and a file name."""
    project.replace(HANDOUT, "    meaning: A bone", '    meaning: "' + HOSTILE + '"\n  - term: x\n    meaning: A bone')
    project.replace(PRACTICE, "01632 960000", '"' + HOSTILE + '"')
    project.write("content/handouts/od,d%:name/en.md", "no front matter\n")


def test_sarif_is_valid_and_has_rules_places_levels_and_suppressions(project: SmallProject) -> None:
    hostile(project)
    accept(project, HANDOUT, "keywords:")
    ran = check(project, "--format", "sarif")
    log = json.loads(ran.out)
    Sarif.model_validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    (draft,) = [result for result in run["results"] if result["ruleId"] == "draft"]
    assert draft["suppressions"] == [{"kind": "inSource", "justification": REASON}]
    (phone,) = [result for result in run["results"] if result["ruleId"] == "bad-phone"]
    place = project.place(PRACTICE, '"100%25')
    assert phone["level"] == "error"
    assert phone["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": PRACTICE, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert "content/handouts/od%2Cd%25%3Aname/en.md" in uris


def test_annotations_for_github_are_escaped(project: SmallProject) -> None:
    hostile(project)
    lines = check(project, "--format", "github").out.splitlines()
    assert lines[0].startswith("::error file=content/handouts/od%2Cd%25%3Aname/en.md,")
    (phone,) = [line for line in lines if "title=bad-phone" in line]
    place = project.place(PRACTICE, '"100%25')
    assert phone.startswith(f"::error file={PRACTICE},line={place.line},col={place.column},title=bad-phone::")
    assert "100%2525::error" in phone
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


def test_json_says_whether_all_is_well(project: SmallProject) -> None:
    assert report(project).ok
    assert not report(project, "--strict").ok
    schema = json.loads(invoke(project.root, "schema", "check").out)
    assert set(schema["required"]) == {"ok", "today", "findings", "accepted"}


def test_text_obeys_no_control_characters(project: SmallProject) -> None:
    project.replace(PRACTICE, "01632 960000", '"1\\u202E2"')
    ran = check(project)
    assert "\u202e" not in ran.out
    assert "hidden-character" in ran.out


# Sheets


def test_sheets_are_printed_for_each_handout(project: SmallProject) -> None:
    ran = check(project, "--report", "pemat")
    assert ran.code == 0
    assert ran.out.startswith("# Back pain\n")
    assert "PEMAT-P" in ran.out


def test_a_sheet_as_html_is_of_one_handout(project: SmallProject) -> None:
    assert check(project, "--report", "pemat-html").out.lower().startswith("<!doctype html>")
    project.write("content/handouts/neck/en.md", project.text(HANDOUT))
    assert check(project, "--report", "pemat-html").code == 2
    assert check(project, "neck", "--report", "pemat-html").code == 0


def test_code_quality_for_gitlab_has_paths_lines_and_lasting_fingerprints(project: SmallProject) -> None:
    hostile(project)
    issues = json.loads(check(project, "--format", "gitlab").out)
    (phone,) = [issue for issue in issues if issue["check_name"] == "bad-phone"]
    assert phone["severity"] == "major"
    assert phone["location"] == {"path": PRACTICE, "lines": {"begin": project.place(PRACTICE, '"100%25').line}}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    project.replace(PRACTICE, "name:", "\n\nname:")
    moved = json.loads(check(project, "--format", "gitlab").out)
    assert {issue["fingerprint"] for issue in moved} == {issue["fingerprint"] for issue in issues}


def test_junit_has_a_test_for_each_file_and_fails_for_errors_only(project: SmallProject) -> None:
    hostile(project)
    (suite,) = ET.fromstring(check(project, "--format", "junit").out)  # noqa: S314 - written just now
    cases = {case.get("name"): case for case in suite}
    failure = cases[PRACTICE].find("failure")
    assert failure is not None
    assert failure.get("type") == "bad-phone"
    assert "100%25::error" in (failure.text or "")
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    strict = ET.fromstring(check(project, "--strict", "--format", "junit").out)  # noqa: S314 - likewise
    assert len(strict.findall("*/*/failure")) == len(strict.findall("*/testcase"))
