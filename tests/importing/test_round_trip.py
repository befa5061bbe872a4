"""The references that pandoc prints beside ours, exported and imported again, are printed the same."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pypandoc
import pytest
import yaml

from handouts.ama.entry import format_reference, to_plain_text
from handouts.importing.bibtex import read_bibtex
from handouts.importing.csl_json import read_csl_json
from handouts.importing.record import Record
from handouts.problems.collector import Problems
from handouts.schema.reference import Reference

ORACLE = Path(__file__).parents[1] / "data" / "references-oracle.yaml"
# Fields that CSL does not have.
OWN_FIELDS = {"updated", "correction", "retraction"}

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    listed: list[Entry] = yaml.load(ORACLE.read_text("utf-8"), yaml.BaseLoader)["references"]  # noqa: S506 - gives strings only
    return [entry for entry in listed if not OWN_FIELDS & set(entry)]


def show(fields: Entry) -> str:
    return to_plain_text(format_reference(Reference.model_validate(fields)))


def show_records(records: Iterable[Record]) -> dict[str, str]:
    return {record.key: show({**record.fields, "id": record.key}) for record in records}


def test_csl_json(entries: list[Entry]) -> None:
    problems = Problems()
    printed = show_records(read_csl_json(json.dumps(entries), "export", problems))
    assert not list(problems)
    assert len(entries) > 120
    assert printed == {entry["id"]: show(entry) for entry in entries}


# Sources of which pandoc exports less than there is, or something else.
LOSSY = {
    *("supplement-of-volume", "supplement-of-issue"),  # no supplement
    *("article-number", "abbreviated-with-stops"),  # the number in place of the issue; no abbreviation
    "particles",  # d' apart from its name
    "thesis-without-genre",  # as phdthesis
    *("quotes-and-ampersand", "quote-at-end", "question-in-quote", "markup-quotes"),  # other quotation marks
    *("book", "book-by-author-and-editors"),  # likewise
    *("markup-superscript", "markup-greek"),  # marks of Markdown, and a capital of mu
}


def test_biblatex_of_pandoc(entries: list[Entry]) -> None:
    plain = [entry for entry in entries if entry["type"] in {"article-journal", "book", "thesis"}]
    plain = [entry for entry in plain if entry["id"] not in LOSSY]
    assert len(plain) > 40
    command = [pypandoc.get_pandoc_path(), "--from=csljson", "--to=biblatex"]
    done = subprocess.run(command, input=json.dumps(plain), capture_output=True, encoding="utf-8", check=True)
    problems = Problems()
    printed = show_records(read_bibtex(done.stdout, "export", problems))
    assert not list(problems)
    expected = {entry["id"]: show(entry) for entry in plain}
    # It writes titles with capitals.
    differing = {key: (printed[key], text) for key, text in expected.items() if printed[key].lower() != text.lower()}
    assert not differing, "\n".join(f"{key}\n  ours {a}\n  was  {b}" for key, (a, b) in differing.items())
