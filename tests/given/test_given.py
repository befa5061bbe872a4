"""The record of what was given: a line for the chart, and a bundle that is valid FHIR R4 and names no patient."""

import datetime as dt
import json
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft6Validator  # type: ignore[import-untyped]

from handouts.given.chart_line import write_chart_line
from handouts.given.fhir import write_bundle
from handouts.given.record import Given
from support.shipped import ROOT

DAY = dt.date(2026, 11, 27)
SCHEMA = Draft6Validator(json.loads((ROOT / "tests" / "data" / "schemas" / "fhir-r4.schema.json").read_text()))
BACK = Given(
    "Back pain", "1.0", "approved", "es", 6, "J3K-GD7-6QR", "application/pdf", 1234, "2jmj7l5rSw0yVb/vlWAYkK/YBwk="
)


def test_the_line_says_what_was_given() -> None:
    assert write_chart_line(BACK, DAY) == (
        "Gave “Back pain” v1.0, Español, 6 pages, print code J3K-GD7-6QR, 2026-11-27"
    )
    page = replace(BACK, pages=1, status="draft", language="en")
    assert write_chart_line(page, DAY) == (
        "Gave “Back pain” v1.0 (draft), English, 1 page, print code J3K-GD7-6QR, 2026-11-27"
    )
    assert ", Español, print code" in write_chart_line(replace(BACK, pages=0), DAY)


def test_a_bundle_is_valid_and_its_entries_belong_together() -> None:
    draft = replace(BACK, title="Knees", status="draft", media_type="text/html", pages=0)
    bundle = json.loads(write_bundle([BACK, draft, BACK], DAY, "visit"))
    SCHEMA.validate(bundle)
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    assert len(resources) == 6
    assert all(address == f"urn:uuid:{resource['id']}" for address, resource in resources.items())
    procedures = [one for one in resources.values() if one["resourceType"] == "Procedure"]
    for procedure, record in zip(procedures, (BACK, draft, BACK), strict=True):
        assert procedure["status"] == "completed"
        assert procedure["category"]["coding"][0]["code"] == "311401005"
        assert procedure["performedDateTime"] == "2026-11-27"
        (report,) = procedure["report"]
        document = resources[report["reference"]]
        attachment = document["content"][0]["attachment"]
        assert (attachment["hash"], attachment["language"]) == (record.sha1, "es")
        assert document["identifier"][0]["value"] == "J3K-GD7-6QR"
        assert document["docStatus"] == ("preliminary" if record.status == "draft" else "final")
        # A subject is required, and never named.
        assert "display" not in procedure["subject"]
        assert "reference" not in procedure["subject"]


def test_the_schema_refuses_what_is_no_bundle() -> None:
    for pattern in ('"subject": {', '"hash"', '"status": "completed"', '"valueCode"'):
        broken = re.sub(pattern, lambda found: found[0].replace('"', '"x', 1), write_bundle([BACK], DAY, "").decode())
        assert not SCHEMA.is_valid(json.loads(broken)), pattern


def test_ids_are_the_same_for_one_visit_only() -> None:
    assert write_bundle([BACK], DAY, "1") == write_bundle([BACK], DAY, "1")
    visits = ((DAY, "1"), (DAY, "2"), (DAY + dt.timedelta(1), "1"))
    ids = [set(re.findall(rb"urn:uuid:([0-9a-f-]+)", write_bundle([BACK], day, visit))) for day, visit in visits]
    assert len(set.union(*ids)) == 6


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
def test_any_title_gives_a_valid_bundle(title: str) -> None:
    bundle = json.loads(write_bundle([replace(BACK, title=f"{title}x")], DAY, "visit"))
    SCHEMA.validate(bundle)
