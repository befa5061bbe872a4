"""The release gate: what must not go to patients is refused, and what is like it but safe is not."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest

from handouts.check.registry import FIXED, GATE, REGISTRY
from handouts.check.release import ReleaseGate
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.problems.problem import Problem, Severity
from handouts.read.project import read_project
from support.command import invoke
from support.growth import assert_linear
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS
from support.releases import DUE, PHONE, PUBLISHED, SAFETY, TODAY, releasable

_DAY: Final = dt.timedelta(days=1)
_LIST: Final = "- after a fall\n- with a fever\n"
_CITATIONS: Final = "[@smith2020]|most people [@jones2021]"
_NO_TREATMENT: Final = "treatment: {benefits: [helps], risks: [safety], no_treatment: [what], other_options: [worry]}\n"

# What is written in place of what in a handout that could be released, and the code that is found: none if it is safe.
# Several replacements are separated by |.
HANDOUTS: Final[Mapping[str, tuple[str, str, str]]] = {
    # Status and dates
    "draft": ("status: approved", "status: draft", "draft"),
    "accepted-draft": ("status: approved", "status: draft\naccepted: [{code: draft, reason: Urgent}]", "draft"),
    "overdue-by-a-day": (DUE, str(TODAY - _DAY), "review-overdue"),
    "due-today": (DUE, str(TODAY), ""),
    "published-tomorrow": (PUBLISHED, str(TODAY + _DAY), "published-in-future"),
    "published-next-year": (PUBLISHED, str(TODAY + 250 * _DAY), "published-in-future"),
    "accepted-future": (
        f"{PUBLISHED}|keywords:",
        f"{TODAY + _DAY}|accepted: [{{code: published-in-future, reason: Soon}}]\nkeywords:",
        "published-in-future",
    ),
    "published-today": (PUBLISHED, str(TODAY), ""),
    # Reviewer
    **{
        f"reviewer-{name}": ("Spine surgeon", reviewer, "placeholder")
        for name, reviewer in {
            "dr-tbc": "Dr. TBC",
            "tbd": "TBD",
            "todo": "Todo",
            "dash": '"-"',
            "na": "N/A",
            "x": "x",
            "nobody": "Nobody.",
            "me": "me",
            "name-of": "Name of the reviewer",
            "your-name": '"[Your name]"',
            "word": "Reviewer",
            "later": "Dr. Smith (TBD)",
            "pending": "Pending review",
            "doe": "Dr. Jane Doe, MD",
            "author": "the author",
            "question": '"???"',
            "in-review": "in review",
            "awaiting": "Awaiting review",
            "foo": "foo",
            "ai": "ChatGPT",
            "ai-model": "Reviewed by GPT-4o",
        }.items()
    },
    "reviewer-body": ("Spine surgeon", "Nurses' council, review of 2026", ""),
    "reviewer-surname-none": ("Spine surgeon", "Dr. Xu, Namenda clinic", ""),
    "reviewer-claude": ("Spine surgeon", "Dr. Claude Foo, spine unit", ""),
    "version-draft": ('"1.0"', '"1.1-draft"', "placeholder"),
    "version-of-a-year": ('"1.0"', '"2026-3, preprint desk"', ""),
    "untitled": ("title: Back pain", "title: Untitled", "placeholder"),
    "message-here": ("Most back pain gets better in a few weeks.", "Main message here.", "placeholder"),
    "reviewer-board": ("Spine surgeon", "Patient education board, Doe Run Hospital", ""),
    # Placeholders in texts
    **{
        f"text-{name}": ("with a fever", text, "placeholder")
        for name, text in {
            "todo": "with a fever TODO: how high?",
            "dose": "after [dose] of it",
            "escaped-dose": "after \\[dose\\] of it",
            "strength": "after 1 tablet of \\[strength\\]",
            "how-often": "at \\[how often\\]",
            "dots": "after \\[...\\] of it",
            "x-in-brackets": "after \\[X\\] of it",
            "confirmed-later": "with XX mg to be confirmed",
            "short-question": "with ?? mg",
            "one-question": "with ? mg",
            "letters-for-a-dose": "with XX mg of it",
            "n-for-a-dose": "with NN mL of it",
            "number": "or call 000-000-0000",
            "letters-for-a-number": "or call (xxx) xxx-xxxx",
            "open-question": "with a fever of ???",
            "lorem": "lorem ipsum dolor",
            "insert-here": "\\[insert phone number here\\]",
            "remark": "with a fever \\[check with Dr. Lee\\]",
            "verify": "with a fever \\[verify!\\]",
            "variable": "at ${clinic}",
            "template-field": "at %%CLINIC%%",
            "xxx": "with a fever of XXX",
            "not-reviewed": "with a fever (not yet reviewed)",
            "internal": "with a fever. For internal use only.",
            "to-come": "details to follow",
            "note-to-self": "with a fever (Note to self: how high?)",
            "author-asks": "with a fever. Author: please confirm.",
            "confirm-this": "with a fever. Please confirm this.",
            "remove-before": "with a fever. Remove before publication.",
            "source-needed": "with a fever (source needed)",
            "at-signs": "with a fever @@",
            "spreadsheet": "with #REF! of it",
            "not-a-number": "with NaN mg of it",
            "field-in-braces": "after {dose} of it",
            "merge-conflict": "with a fever <<<<<<< HEAD",
            "date-of-letters": "after XX/XX/2026",
            "name-in-brackets": "with a fever, [Patient name]",
            "lower-tbd": "with a fever (tbd)",
            "question-in-brackets": "with a fever of 38 (?)",
            "field-in-parentheses": "after (insert the dose) of it",
            "date-of-small-letters": "after xx/xx/xxxx",
            "lost-reference": "as in Error! Reference source not found.",
            "lost-reference-in-spanish": "¡Error! No se encuentra el origen de la referencia.",
            "comment-of-word": "with a fever Commented [JD1]: how high?",
            "mark-of-a-comment": "with a fever \\[ABC12\\]",
            "remark-by-initials": "with a fever [JD: ask the pharmacy]",
            "tracked-format": "with a fever Formatted: Font: Bold",
            "missing-picture": "with a fever [picture of a foot]",
            "missing-figure": "with a fever [Figure 2 here]",
        }.items()
    },
    "angle-dose": ("with a fever", "after <dose> of it", "unknown-markup"),
    "todo-in-safety": ("Talk to your doctor before", "FIXME Talk to your doctor before", "placeholder"),
    "todo-in-cell": ("| Walking |", "| TBD     |", "placeholder"),
    "todo-in-note": ("Above all in adults.", "Above all in adults ???", "placeholder"),
    "todo-in-alt-text": (_LIST, "![TODO](bone.svg)\n", "placeholder"),
    "todo-in-action": ("Keep moving.", "Keep moving. TODO", "placeholder"),
    "todo-in-question": ("What can I do?", "What about ???", "placeholder"),
    "todo-in-heading": ("## What helps?", "## What helps TBD?", "placeholder"),
    "todo-in-message": ("in a few weeks.", "in XX weeks TBC.", "placeholder"),
    "disclaimer": ("This handout does not replace a talk with your doctor.", "TBD", "placeholder"),
    "glossary": ("A bone of the back.", "TBD", "placeholder"),
    "abbreviation": ("keywords:", "abbreviations: {MRI: TBD}\nkeywords:", "placeholder"),
    "accepted-placeholder": (
        "with a fever|keywords:",
        "with a fever TODO|accepted: [{code: placeholder, reason: Later}]\nkeywords:",
        "placeholder",
    ),
    "ticked-box": (_LIST, "- [x] Walk each day.\n- [X] Sleep well.\n", ""),
    "ticked-box-with-todo": (_LIST, "- [x] Walk each [x] day.\n", "placeholder"),
    "chromosomes": ("with a fever", "with XX chromosomes, or 47,XXX", ""),
    "spanish-todo": ("with a fever", "todo, or [todo]{lang=es}", ""),
    "brackets": ("with a fever", "\\[sic\\], a draft of air, why?", ""),
    "link": ("with a fever", "[check your feet](https://www.nhs.uk/feet), [website](https://www.nhs.uk)", ""),
    "inserted": (
        "with a fever",
        "(insert the needle) [chart](https://www.nhs.uk) \\[T12\\] MD: an error! Bookmark it",
        "",
    ),
    "question-mark": ("with a fever", "Is it 5 mg? Ask.", ""),
    "known-tbd": ("keywords:", "abbreviations: {TBD: tick-borne disease}\nkeywords:", ""),
    "to-be-taken": ("with a fever", "if it has to be taken with food", ""),
    "label": ("with a fever", "with a fever. Please check the dose on the label, and write your name here", ""),
    "editor": ("with a fever", "as the editor of a paper said: rest", ""),
    "e-mail": ("with a fever", "with a fever (write to desk@nhs.uk), or [word]{lang=de}", ""),
    "skin": ("with a fever", "if the cream is not for internal use", ""),
    "sizes": ("with a fever", "with stockings of size XXL, or the #1 brand", ""),
    "fold": ("with a fever", "as a x-ray shows, or 2x a day", ""),
    "sourced-dose": ("with a fever", "with 500 mg of it", ""),
    "asks-to-check": ("with a fever", "with a fever (check it twice a day)", ""),
    "line-to-write-on": ("with a fever", "Your next visit is on \\_\\_\\_\\_.", ""),
    # Safety
    "benefits-without-safety": (f"{SAFETY}|risks: [safety]", "|risks: [what]", "no-safety-block"),
    "benefits-with-safety": ("", "", ""),
    "safety-stub": ("Talk to your doctor before you take medicine.", "See below", "safety-without-sentence"),
    "safety-title": (
        "Talk to your doctor before you take medicine.",
        "Risks and side effects",
        "safety-without-sentence",
    ),
    "safety-dash": ("Talk to your doctor before you take medicine.", "None.", "safety-without-sentence"),
    "safety-short": ("Talk to your doctor before you take medicine.", "Call 999 now.", ""),
    "safety-list": (
        "Talk to your doctor before you take medicine.",
        "Call your doctor if you have\n\n- a fever\n- a rash",
        "",
    ),
    "disclaimer-stub": (
        "This handout does not replace a talk with your doctor.",
        "Disclaimer",
        "safety-without-sentence",
    ),
    "disclaimer-words": (
        "This handout does not replace a talk with your doctor.",
        "No medical advice",
        "safety-without-sentence",
    ),
    "disclaimer-without-stop": (
        "This handout does not replace a talk with your doctor.",
        "This page does not replace your doctor",
        "",
    ),
    # Emergency numbers: the practice is in the UK
    "call-911": ("with a fever", "with a fever: call 911", "foreign-emergency-number"),
    "dial-9-1-1": ("with a fever", "with a fever: dial 9-1-1 now", "foreign-emergency-number"),
    "call-911-in-action": ("Keep moving.", "Call 911 if you cannot move.", "foreign-emergency-number"),
    "call-in-spanish": ("with a fever", "[llame al 911]{lang=es}", "foreign-emergency-number"),
    "emergency-number-911": ("with a fever", "the emergency number 911", "foreign-emergency-number"),
    "call-999": ("with a fever", "with a fever: call 999", ""),
    "call-112": ("with a fever", "with a fever: call 112", ""),
    "call-111": ("with a fever", "with a fever: call 111", ""),
    "call-in-911-minutes": ("with a fever", "911 people called 100 times", ""),
    # Sources
    "missing-source": ("[@smith2020]", "[@lost]", "missing-reference"),
    "retracted-source": ("[@smith2020]", "[@gone]", "retracted-source"),
    "retracted-title": ("[@smith2020]", "[@pulled]", "retracted-source"),
    "retracted-in-brackets": ("[@smith2020]", "[@pulled2]", "retracted-source"),
    "source-tbd": ("[@smith2020]", "[@unfinished]", "placeholder"),
    "source-by-nobody": ("[@smith2020]", "[@nobody]", "placeholder"),
    "withdrawn-people": ("[@smith2020]", "[@withdrawn]", ""),
    "treatment-without-source": (_CITATIONS, "|most people", "unsourced-treatment"),
    "dose-without-source": (
        f"{_NO_TREATMENT}|{_CITATIONS}|with a fever",
        "||most people|with 500 mg of it",
        "unsourced-treatment",
    ),
    "medicine-without-source": (
        f"{_NO_TREATMENT}|{_CITATIONS}|Keep moving.",
        "||most people|Take your tablets with food.",
        "unsourced-treatment",
    ),
    "visit-without-source": (
        f"{_NO_TREATMENT}|{_CITATIONS}|Keep moving.|Talk to your doctor before you take medicine.",
        "||most people|Bring a list of your medicines.|Tell us if you cannot come.",
        "",
    ),
    "accepted-unknown": ("keywords:", "accepted: [{code: drafts, reason: Urgent}]\nkeywords:", "unknown-code"),
}
PRACTICES: Final[Mapping[str, tuple[str, str, str]]] = {
    "blank-number": (PHONE, '"(000) 555-0100"', "placeholder"),
    "zeros": (PHONE, '"000-000-0000"', "placeholder"),
    "local-zeros": (PHONE, '"(616) 000-0000"', "placeholder"),
    "counted": (PHONE, '"123-456-7890"', "placeholder"),
    "american": (f"GB|{PHONE}", 'US|"(616) 555-1234"', "placeholder"),
    "letters": (PHONE, '"XXX-XXX-XXXX"', "placeholder"),
    "no-number": (PHONE, "TBD", "placeholder"),
    "nobody": (PHONE, "none", "placeholder"),
    "too-short": (PHONE, '"01632"', "bad-phone"),
    "too-long": (PHONE, '"01632 55012345678"', "bad-phone"),
    "words": (PHONE, '"call the desk"', "bad-phone"),
    "fiction-us": (f"GB|{PHONE}", 'US|"(616) 555-0134"', "fictional-contact"),
    "fiction-us-whole": (f"GB|{PHONE}", 'US|"+1 616 555 0134 ext. 3"', "fictional-contact"),
    "fiction-uk": (PHONE, '"01632 960482"', "fictional-contact"),
    "fiction-uk-whole": (PHONE, '"+44 (0)20 7946 0123"', "fictional-contact"),
    "example-site": ("https://www.nhs.uk/harbor", "https://harbor.example.org/a", "fictional-contact"),
    "your-name": ("Harbor Clinic", "Your practice name", "placeholder"),
    "name-of": ("Harbor Clinic", "Name of the clinic", "placeholder"),
    "address": ("1 Harbor Street", "Your address here", "placeholder"),
    "address-todo": ("1 Harbor Street", "TODO", "placeholder"),
    "hours": ("9 to 5", "TBD", "placeholder"),
    "emergency": ('"999"', "TBD", "placeholder"),
    "emergency-text": ("Call 999 if a life is in danger.", "Call [number] if a life is in danger.", "placeholder"),
    "emergency-of-the-us": ('"999"|Call 999', '"911"|Call 911', "wrong-emergency-number"),
    "emergency-desk": ('"999"|Call 999', '"01632 550123"|Call 01632 550123', "wrong-emergency-number"),
    "emergency-words": ('"999"', "the front desk", "wrong-emergency-number"),
    "emergency-accepted": (
        '"999"|Call 999|website:',
        '"911"|Call 911|accepted: [{code: wrong-emergency-number, reason: Visitors}]\nwebsite:',
        "wrong-emergency-number",
    ),
    "emergency-text-of-us": ("Call 999", "Call 911", "emergency-text-without-number"),
    "emergency-text-vague": ("Call 999 if", "Get help if", "emergency-text-without-number"),
    "emergency-text-forbids": ("Call 999 if", "Do not call 999 even if", "emergency-text-forbids-call"),
    "emergency-text-forbids-es": ("Call 999 if", "Nunca llame al 999 si", "emergency-text-forbids-call"),
    "emergency-text-forbids-all": (
        '"999"|Call 999',
        '"999 or 112"|Don\'t call 999 or 112',
        "emergency-text-forbids-call",
    ),
    "emergency-also-911": ("Call 999 if", "Call 999, or call 911, if", "foreign-emergency-number"),
    "no-country": ("GB", "XX", "unknown-country"),
    "call-todo": ("Your pain gets worse.", "TODO", "placeholder"),
    "call-911": ("Your pain gets worse.", "You want to call 911.", "foreign-emergency-number"),
    "extra-field": ("website:", "accepted: [{code: no-such, reason: x}]\nwebsite:", "unknown-code"),
    "accepted-number": (
        f"{PHONE}|website:",
        '"000-000-0000"|accepted: [{code: placeholder, reason: Later}]\nwebsite:',
        "placeholder",
    ),
    "short-number": (PHONE, "111", ""),
    "french-number": (f'GB|{PHONE}|999"|Call 999', 'FR|"+33 5 55 50 12 34"|112"|Call 112', ""),
    "number-of-place": (PHONE, '"(616) 555-2134"', ""),
    "number-whole": (PHONE, '"+44 1632 550123"', ""),
    "your-health": ("Harbor Clinic", "Your Health Family Clinic", ""),
    "town": ("1 Harbor Street", "Todo Santos Street 5", ""),
    "emergency-not-for-all": ("Call 999 if", "Never call 999 for a prescription. Call 999 if", ""),
    "emergency-no-hesitation": ("Call 999 if", "Do not call us. Do not hesitate to call 999 if", ""),
    "emergency-no-stop": ("Call 999 if", "If it does not stop call 999. Never wait", ""),
    "emergency-spelled": ('"999"', '"9-9-9"', ""),
    "emergency-two": ('"999"', '"999 or 112"', ""),
    "emergency-european": ('"999"|Call 999', '"112"|Call 112', ""),
}
INSERTS: Final[Mapping[str, tuple[str, str]]] = {
    "todo": ("Come to the front desk. TODO: which floor?", "placeholder"),
    "draft": ("DRAFT\n\nCome to the front desk.", "placeholder"),
    "dose": ("Take \\[dose\\] before you come.", "placeholder"),
    "lorem": ("Lorem ipsum.", "placeholder"),
    "call-911": ("If it hurts, call 911.", "foreign-emergency-number"),
    "not-signed": ("Come to the front desk, and bring your pass.", "insert-not-approved"),
    "whole": ("Come to the front desk, and bring your list of medicines.", ""),
}
# Changes of a translation that has all that its original has.
TRANSLATIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "whole": ("", "", ""),
    "newer": (PUBLISHED, str(TODAY - _DAY), ""),
    "by-machine": ("keywords:\n", "translation: {method: machine}\nkeywords:\n", "unreviewed-translation"),
    "reviewed": ("keywords:\n", "translation: {method: machine, reviewed_by: Interpreters}\nkeywords:\n", ""),
    "other-words": ("Back pain is common", "Back pain comes and goes", ""),
    "printed-more-often": (' always-with="treatment"', "", ""),
    "without-section": (
        "## When should I worry? {#worry}\n|other_options: [worry]",
        "|other_options: [what]",
        "incomplete-translation",
    ),
    "without-block": (f"{SAFETY}|risks: [safety]", "|risks: [what]", "incomplete-translation"),
    "block-on-less": ('always-with="treatment"', 'always-with="about"', "incomplete-translation"),
    "without-citation": (" [@smith2020]", "", "incomplete-translation"),
    "older": (PUBLISHED, str(TODAY - 61 * _DAY), "older-translation"),
    "lower-version": ('version: "1.0"', 'version: "0.9"', "older-translation"),
    "higher-version": ('version: "1.0"', 'version: "1.0.1"', ""),
    "other-version": ('version: "1.0"', 'version: "0.9 (es)"', ""),
}
REFERENCES_ADDED: Final = """\
  - {id: lost, status: missing}
  - {id: gone, retraction: "yes", type: article-journal, title: Beds, container-title: Spine, issued: "2019"}
  - {id: pulled, type: article-journal, title: "RETRACTED: Rest", container-title: Spine, issued: "2018", page: "1"}
  - {id: pulled2, type: article-journal, title: "Sleep [Retracted]", container-title: Spine, issued: "2018", page: "2"}
  - {id: unfinished, type: book, title: TBD, publisher: Harbor Press, issued: "2022"}
  - {id: nobody, type: book, author: [{literal: "???"}], title: Heat, publisher: Harbor Press, issued: "2022"}
  - {id: withdrawn, type: book, title: Withdrawn children, publisher: Harbor Press, issued: "2022"}
"""
DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><title>Bone</title><path d="M0 0h2v1z"/></svg>'
)

ADVISED: Final = """\
Diabetics with hypertension can [click here](https://www.nhs.uk/).

About 1 in 4 people are ill again.

::: icon-array {count=1 of=4}
About 1 in 4 people are ill again.
:::
"""


def change(text: str, old: str, new: str) -> str:
    """Make each of the replacements, of a text that occurs once."""
    for before, after in zip(old.split("|"), new.split("|"), strict=True) if old not in text else ((old, new),):
        assert not before or text.count(before) == 1, before
        text = text.replace(before, after) if before else text
    return text


class Refusals:
    """What the gate says of each handout for one practice, and of one handout for each practice."""

    def __init__(self, root: Path, today: dt.date = TODAY) -> None:
        project = Project(root)
        reading = read_project(project)
        assert reading.library is not None
        self.library = reading.library
        self.gate = ReleaseGate(project, reading.library, reading.problems, today)

    def of(
        self, handout: str, practice: str = "clinic", language: str = "en", sections: Collection[str] = ()
    ) -> tuple[Problem, ...]:
        broken = self.library.broken_handouts.get((handout, language)) or self.library.broken_practices.get(practice)
        if broken:  # no output of it can be planned
            return tuple(problem for problem in broken if problem.severity is Severity.ERROR)
        found = next(h for h in self.library.handouts if (h.id, h.language) == (handout, language))
        profile = self.library.practices[practice]
        return self.gate.find_refusals(number(select(found, sections), profile.inserts), profile)


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """All cases of the tables, in one project."""
    project = releasable(tmp_path_factory.mktemp("cases"))
    project.write(REFERENCES, project.text(REFERENCES) + REFERENCES_ADDED)
    handout, practice, logo = (project.text(name) for name in (HANDOUT, PRACTICE, LOGO))
    for name, (old, new, _) in HANDOUTS.items():
        project.write(HANDOUT.replace("back", f"h-{name}"), change(handout, old, new))
        if "bone.svg" in new:
            project.write(f"content/handouts/h-{name}/bone.svg", DRAWING)
    for name, (old, new, _) in TRANSLATIONS.items():
        project.write(HANDOUT.replace("back", f"t-{name}"), handout)
        project.write(f"content/handouts/t-{name}/es.md", change(handout, old, new))
    for name, (old, new, _) in PRACTICES.items():
        project.write(PRACTICE.replace("clinic", f"p-{name}"), change(practice, old, new))
        project.write(LOGO.replace("clinic", f"p-{name}"), logo)
    for name, (text, _) in INSERTS.items():
        folder = f"content/practices/i-{name}"
        insert = "\ninserts: [{handout: back, section: what, file: arrival.md}]\n"
        project.write(f"{folder}/practice.yaml", practice + insert)
        project.write(f"{folder}/arrival.md", f"{text}\n")
        project.write(f"{folder}/logo.svg", logo)
    assert invoke(project.root, "approve", "--practice", "i-whole", "--by", "Head nurse").code == 0
    return Refusals(project.root)


def check_refusal(found: tuple[Problem, ...], expected: str, files: Iterable[str]) -> None:
    """Check that the expected code is found, or nothing, and that each error says where it is and what to do."""
    codes = {problem.code for problem in found}
    assert expected in codes if expected else not codes, found
    for problem in found:
        assert problem.severity is Severity.ERROR
        assert problem.message
        assert problem.hint
        assert problem.place
        assert problem.place.line
    assert not expected or any(p.code == expected and p.place and p.place.file in {*files} for p in found), found


@pytest.mark.parametrize("name", HANDOUTS)
def test_a_handout_that_is_not_safe_is_refused(refusals: Refusals, name: str) -> None:
    files = (f"content/handouts/h-{name}/en.md", REFERENCES)
    check_refusal(refusals.of(f"h-{name}"), HANDOUTS[name][2], files)


@pytest.mark.parametrize("name", PRACTICES)
def test_a_practice_that_is_not_safe_is_refused(refusals: Refusals, name: str) -> None:
    check_refusal(refusals.of("back", f"p-{name}"), PRACTICES[name][2], [f"content/practices/p-{name}/practice.yaml"])


@pytest.mark.parametrize("name", INSERTS)
def test_an_insert_that_is_not_safe_is_refused(refusals: Refusals, name: str) -> None:
    check_refusal(refusals.of("back", f"i-{name}"), INSERTS[name][1], [f"content/practices/i-{name}/arrival.md"])


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translation_that_lacks_something_is_refused(refusals: Refusals, name: str) -> None:
    assert refusals.of(f"t-{name}") == ()
    found = refusals.of(f"t-{name}", language="es")
    check_refusal(found, TRANSLATIONS[name][2], [f"content/handouts/t-{name}/es.md"])


def test_there_are_enough_cases() -> None:
    tables = [*HANDOUTS.values(), *PRACTICES.values(), *INSERTS.values(), *TRANSLATIONS.values()]
    expected = [case[-1] for case in tables]
    assert sum(bool(code) for code in expected) >= 80
    assert sum(not code for code in expected) >= 40


def test_no_setting_lets_an_unsafe_handout_out(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.write(REFERENCES, project.text(REFERENCES) + REFERENCES_ADDED)
    off = ", ".join(f"{code}: off" for code in sorted(GATE - FIXED))
    project.write(SETTINGS, f"signatures: optional\nchecks: {{severities: {{{off}}}}}\n")
    assert Refusals(project.root).of("back") == ()
    project.replace(HANDOUT, "status: approved", "status: draft")
    project.replace(HANDOUT, DUE, str(TODAY - _DAY))
    project.replace(HANDOUT, "[@smith2020]", "[@lost]")
    project.replace(HANDOUT, "with a fever", "with a fever TODO")
    project.replace(HANDOUT, SAFETY, "")
    project.replace(HANDOUT, "risks: [safety]", "risks: [what]")
    project.replace(PRACTICE, PHONE, "01632 960000")
    project.replace(PRACTICE, "Call 999", "Call us")
    assert {problem.code for problem in Refusals(project.root).of("back")} == {
        *("draft", "review-overdue", "missing-reference", "placeholder", "no-safety-block"),
        *("fictional-contact", "emergency-text-without-number"),
    }
    assert set(REGISTRY) >= GATE


def test_what_the_settings_call_an_error_stops_a_release_unless_accepted(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    checks = "{severities: {uncited-figure: error, old-source: error}, source_years: 1}"
    project.write(SETTINGS, f"signatures: optional\nchecks: {checks}\n")
    project.replace(HANDOUT, "with a fever", "with a fever, as 1 in 4 have")
    assert sorted({problem.code for problem in Refusals(project.root).of("back")}) == ["old-source", "uncited-figure"]
    accept = "accepted: [{code: uncited-figure, reason: Counted here}]\nkeywords:"
    project.replace(HANDOUT, "keywords:", accept)
    found = Refusals(project.root)
    assert {problem.code for problem in found.of("back")} == {"old-source"}
    # Of sources, those that are printed count.
    assert found.of("back", sections=["worry"]) == ()


@pytest.mark.parametrize("code", ["uncited-figure", "repeated-caption", "vague-link", "person-first", "jargon"])
def test_any_advice_can_be_made_a_reason_to_refuse(tmp_path: Path, code: str) -> None:
    # As long as no advice of a family is an error, the gate does not look for it.
    project = releasable(tmp_path)
    project.replace(HANDOUT, "with a fever", "with a fever\n\n" + ADVISED)
    project.write("content/practices/clinic/arrival.md", ADVISED)
    project.write(PRACTICE, project.text(PRACTICE) + "inserts: [{handout: back, section: what, file: arrival.md}]\n")
    assert invoke(project.root, "approve", "--practice", "clinic", "--by", "Head nurse").code == 0
    assert Refusals(project.root).of("back") == ()
    settings = f"signatures: optional\nchecks: {{severities: {{{code}: error}}}}\n"
    project.write(SETTINGS, settings)
    found = Refusals(project.root)
    assert {(problem.code, problem.place.file) for problem in found.of("back") if problem.place} == {
        (code, HANDOUT),
        (code, "content/practices/clinic/arrival.md"),
    }


def test_an_insert_stops_only_the_prints_that_it_is_on(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.write("content/practices/clinic/arrival.md", "TODO\n")
    project.write(PRACTICE, project.text(PRACTICE) + "inserts: [{handout: back, section: what, file: arrival.md}]\n")
    found = Refusals(project.root)
    assert found.of("back", sections=["worry"]) == ()
    assert [problem.code for problem in found.of("back", sections=["what"])] == ["placeholder", "insert-not-approved"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (
            "templates/parts/disclaimer.html.j2",
            "{# TODO: nicer #}\n<p title='TODO'>{{ handout.disclaimer }}</p> TBD",
            2,
        ),
        ("templates/parts/disclaimer.html.j2", "{# TODO: nicer #}<p>{{ handout.disclaimer }}</p><!-- FIXME -->", 0),
        ("templates/labels.fr.yaml", "words:\n  # TODO: more\n  actions: À faire TODO # TBD\n", 3),
    ],
)
def test_placeholders_in_own_templates_are_refused(tmp_path: Path, name: str, text: str, line: int) -> None:
    project = releasable(tmp_path)
    project.write(name, text)
    found = Refusals(project.root).of("back")
    assert [(p.code, p.place.file, p.place.line) for p in found if p.place] == (
        [("placeholder", name, line)] if line else []
    )


def test_a_translation_of_an_original_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.write("content/handouts/back/es.md", project.text(HANDOUT))
    project.replace(HANDOUT, "title: Back pain\n", "")
    assert [problem.code for problem in Refusals(project.root).of("back", language="es")] == ["unread-original"]


def test_hostile_templates_and_texts_take_linear_time(tmp_path: Path) -> None:
    project = releasable(tmp_path)

    def refuse(length: int) -> None:
        for count, piece in enumerate(("{#", "{%", "{{", "<", "<!--", "[add ", "${", "%%", "<<")):
            project.write(f"templates/parts/own{count}.html.j2", piece * length)
        Refusals(project.root).of("back")

    assert_linear(refuse, 1_000)
