"""The record of what one print was made from: its print code, and the provenance that is written into its file."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from functools import cache

from handouts.model.edition import Edition
from handouts.model.library import Practice
from handouts.numbering.number import Numbered
from handouts.numbering.select import Member
from handouts.schema.print_code import make_code_from_digest
from handouts.schema.provenance import PackMember, Provenance, Source


def make_print_code(numbered: Numbered, practice: Practice, contents: Mapping[Source, str]) -> str:
    """Return the print code of a selection for a practice, from the digests of what a patient reads.

    It is printed on the page, so it is made only of the page's contents. It does not depend on templates, style sheets,
    fonts or the tool: a print stays current when only its design changes.
    """
    handout = numbered.selection.handout
    ids = [handout.id, handout.language, practice.id, *(section.id for section in numbered.selection.sections)]
    return make_code_from_digest(hashlib.sha256(json.dumps([ids, contents], sort_keys=True).encode()).digest())


def make_provenance(
    numbered: Numbered, practice: Practice, edition: Edition, code: str, sources: Mapping[Source, str]
) -> Provenance:
    """Return the provenance of a print with a print code, from the digests of all its sources."""
    selection, handout = numbered.selection, numbered.selection.handout
    return Provenance(
        handout=handout.id,
        language=handout.language,
        practice=practice.id,
        sections=() if selection.is_whole else tuple(section.id for section in selection.sections),
        format=edition.format.name,
        paper=edition.paper,
        ink=edition.ink,
        options=edition.options.flags,
        code=handout.front.code,
        version=handout.front.version,
        status=handout.front.status,
        review_due=handout.front.review_due,
        audience=selection.audience or None,
        members=tuple(map(_describe_member, selection.members)),
        print_code=code,
        sources=dict(sources),
        tool=_get_tool_versions(),
    )


def _describe_member(member: Member) -> PackMember:
    source = member.source
    return PackMember(
        handout=source.handout.id,
        version=source.handout.front.version,
        sections=() if source.is_whole else tuple(section.id for section in source.sections),
    )


@cache
def _get_tool_versions() -> str:
    """Return the names and versions of the tool and of the engine that lays out its pages."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("handouts", "weasyprint", "pydyf"))
