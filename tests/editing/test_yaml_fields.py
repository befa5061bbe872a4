"""YAML files are changed by programs as by a careful person: nothing else in them moves."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.editing.yaml_fields import Data, NotEditableError, change_file, set_fields
from handouts.problems.collector import Problems
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import plain

WRITTEN = """\
# The clinic by the lake.
name: Lakeside   # as on the sign
address:
- 1 Quay Street # the old door
- Ellery Bay

# Ask before you change these.
phones:
- {label: "Front desk", number: '01632 960000', id: desk} # day and night
- label:
    en: Nurse   # only in English
    es: "Enfermera"
  number: "01632 960001"
notes: [] # none yet
# the end
"""


def read(text: str) -> dict[str, Data]:
    problems = Problems()
    node = parse_mapping(text, "practice.yaml", problems)
    assert node is not None, list(problems)
    return {name: plain(value) for name, _, value in node.items}


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_changed_text_is_the_only_line_that_changes() -> None:
    for name, value, gone, come in (
        ("name", "Harbor", ["name: Lakeside   # as on the sign"], ["name: Harbor     # as on the sign"]),
        (
            "address",
            ["2 Quay Street", "Ellery Bay"],
            ["- 1 Quay Street # the old door"],
            ["- 2 Quay Street # the old door"],
        ),
    ):
        assert changed_lines(WRITTEN, set_fields(WRITTEN, {name: value})) == (gone, come)


def test_entries_are_added_removed_and_changed_in_the_form_of_the_others() -> None:
    phones = read(WRITTEN)["phones"]
    assert isinstance(phones, list)
    desk, nurse = phones
    added = set_fields(WRITTEN, {"phones": [desk, {"label": "Fax", "number": "01632 960002"}, nurse]})
    assert changed_lines(WRITTEN, added) == ([], ['- {label: Fax, number: "01632 960002"}'])
    spanish = {"label": {"en": "Nurse", "es": "Línea: 24 h"}, "number": "01632 960001"}
    translated = set_fields(WRITTEN, {"phones": [desk, spanish]})
    assert changed_lines(WRITTEN, translated) == (['    es: "Enfermera"'], ['    es: "Línea: 24 h"'])
    removed = set_fields(WRITTEN, {"phones": [nurse]})
    assert len(removed.splitlines()) == len(WRITTEN.splitlines()) - 1
    assert "# only in English" in removed


def test_a_field_is_added_at_the_end_and_removed_with_its_lines() -> None:
    added = set_fields(WRITTEN, {"website": "https://lake.example.org"})
    assert added == WRITTEN + 'website: "https://lake.example.org"\n'
    assert set_fields(added, {"website": None}) == WRITTEN
    assert "Ask before you change these" in set_fields(WRITTEN, {"phones": None})


def test_line_ends_of_windows_stay() -> None:
    windows = WRITTEN.replace("\n", "\r\n")
    changed = set_fields(windows, {"name": "Harbor", "website": "https://lake.example.org"})
    assert changed.count("\r\n") == changed.count("\n") == windows.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["no", "911", "1.10", "~", "a: b", "a #b", "- x", "{{ practice.phone }}", "'", '"', "*x"]
)
def test_texts_that_yaml_takes_for_something_else_are_quoted(text: str) -> None:
    changed = set_fields(WRITTEN, {"name": text, "notes": [text], "address": ["1 Quay Street", text]})
    assert read(changed) | {"phones": None} == read(WRITTEN) | {
        "phones": None, "name": text, "notes": [text], "address": ["1 Quay Street", text],
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["{name: x, notes: []}\n", "name: x\n---\nname: y\n", "name: &a x\n", "a: {<<: 1}\n", "- x\n", "name: [\n"],
)
def test_files_that_cannot_be_changed_safely_are_refused(written: str) -> None:
    with pytest.raises(NotEditableError):
        set_fields(written, {"name": "y", "a": {"b": "c"}})


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "), max_size=12)
_KEY = st.from_regex("[a-z]{2,5}", fullmatch=True)
_VALUE = st.recursive(
    _TEXT,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(_KEY, inner, min_size=1, max_size=3),
    max_leaves=8,
)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(["name", "address", "phones", "notes", "hours"]), _VALUE, min_size=1))
def test_whatever_is_set_reads_back_and_comments_of_other_fields_stay(changes: dict[str, Data]) -> None:
    try:
        changed = set_fields(WRITTEN, changes)
    except NotEditableError:
        return  # refused whole: letters that only look like others, or texts that YAML cannot hold
    assert read(changed) == {**read(WRITTEN), **changes}
    kept = {name: re.search(rf"^{name}:.*?(?=^\S)", WRITTEN, re.DOTALL | re.MULTILINE) for name in read(WRITTEN)}
    for name, block in kept.items():
        assert block is None or name in changes or block[0] in changed
    assert changed.startswith("# The clinic by the lake.\n")
    assert "# Ask before you change these.\n" in changed


def test_a_byte_order_mark_stays_and_other_encodings_are_refused() -> None:
    assert change_file(b"\xef\xbb\xbfname: Lake\n", {"name": "Harbor"}) == b"\xef\xbb\xbfname: Harbor\n"
    with pytest.raises(NotEditableError, match="not in UTF-8"):
        change_file("name: Müller\n".encode("latin-1"), {"name": "Harbor"})
