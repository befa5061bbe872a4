"""Signed approvals: they hold for the text that was signed, and only for that."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from handouts.model.library import Block, Handout, Insert, Practice, Section
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.provenance.source_digests import SourceDigests
from handouts.read.approvals import APPROVALS_FILE, SignedApproval, find_approvals_file, read_approvals
from handouts.schema.settings import Settings

_SOURCE: Final = "PIF TICK criteria, clinical review (https://piftick.org.uk); docs/release.md"
CHANGED_SINCE_APPROVAL: Final = Rule(
    code="changed-since-approval",
    severity=Severity.ERROR,
    title="a handout was changed after its version was approved",
    why="Nobody has approved what would be printed. The same version with another text is refused by a release.",
    source=_SOURCE,
    message="changed since version {version} was approved on {date} by {by}: {piece}",
    hint="undo the change, or raise the version and have it approved: `handouts approve {handout}{option} --by ROLE`",
)
VERSION_NOT_APPROVED: Final = Rule(
    code="version-not-approved",
    severity=Severity.ERROR,
    title="a handout that nobody signed in its version",
    why="`status: approved` is only a word in a file: the text can change after it. Only a release reports it.",
    source=_SOURCE,
    message="version {version} in {language} was never approved",
    hint="have it approved: `handouts approve {handout}{option} --by ROLE`",
)
INSERT_NOT_APPROVED: Final = Rule(
    code="insert-not-approved",
    severity=Severity.ERROR,
    title="a practice's own text that nobody approved, or that was changed since",
    why="It is printed in a reviewed handout, and nobody has reviewed it. Only a release reports it.",
    source=_SOURCE,
    message='nobody has approved this text of the practice "{practice}" as it is now',
    hint="have it approved: `handouts approve --practice {practice}{option} --by ROLE`",
)
RULES: Final = (CHANGED_SINCE_APPROVAL, VERSION_NOT_APPROVED, INSERT_NOT_APPROVED)


def check_approvals(
    project: Project, settings: Settings, handout: Handout, digests: SourceDigests, problems: Problems
) -> None:
    """Report an approved handout that is not as it was signed.

    Where signatures are optional, `status` alone counts if there is no approvals.yaml.
    """
    file = find_approvals_file(project, handout.place.file)
    if handout.front.status == "draft" or (settings.signatures == "optional" and not file.exists()):
        return
    last = find_last_approval(read_approvals(project, handout.place.file, problems), handout.language)
    version, option = handout.front.version, write_language_option(handout.language, settings)
    if last is None or last.approval.version != version:
        place = handout.front_at.get(("version",), handout.place)
        values = {"version": version, "language": handout.language, "handout": handout.id, "option": option}
        problems.add(VERSION_NOT_APPROVED.at(place, **values))
        return
    signed = last.approval
    for piece in find_changed_pieces(signed.digests, digests.digest_pieces(handout)):
        place = _place_of(piece, handout)
        values = {"version": version, "by": signed.by, "handout": handout.id, "piece": piece, "option": option}
        problems.add(CHANGED_SINCE_APPROVAL.at(place, date=signed.approved, **values))


def check_insert_approval(
    project: Project,
    settings: Settings,
    practice: Practice,
    insert: Insert,
    digests: SourceDigests,
    problems: Problems,
) -> None:
    """Report a text of a practice that was signed as it is now neither by the practice nor by the one it comes from."""
    origin = insert.body.origin or insert.place
    if digests.digest_insert(insert) not in _list_signed_inserts(project, practice, origin.file, insert, problems):
        option = write_language_option(practice.language, settings)
        problems.add(INSERT_NOT_APPROVED.at(origin, practice=practice.id, option=option))


def write_language_option(language: str, settings: Settings) -> str:
    """Return the option that `handouts approve` needs for a language; "" for that of the project."""
    return "" if language == settings.language else f" -l {language}"


def find_last_approval(approvals: Iterable[SignedApproval], language: str) -> SignedApproval | None:
    """Return the last approval in a language."""
    return next((signed for signed in reversed(tuple(approvals)) if signed.approval.language == language), None)


def find_changed_pieces(signed: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the pieces that were changed, added or removed since they were signed."""
    return [piece for piece in {**now, **signed} if signed.get(piece) != now.get(piece)]


def name_insert(insert: Insert) -> str:
    """Return the name that approvals use for a text of a practice."""
    file = PurePosixPath((insert.body.origin or insert.place).file).name
    return f"{insert.handout}/{insert.section}/{insert.at}/{file}"


def _list_signed_inserts(
    project: Project, practice: Practice, file: str, insert: Insert, problems: Problems
) -> list[str]:
    # A practice may print the texts of one that it extends. They are signed there, or, if that one is abstract or its
    # text names values of the practice, by the practice itself.
    steps = PurePosixPath(file).parts
    owner = steps[2] if steps[:2] == ("content", "practices") else practice.id
    last_signed = []
    for folder in dict.fromkeys([owner, practice.id]):
        approvals = read_approvals(project, f"content/practices/{folder}/{APPROVALS_FILE}", problems)
        entries = [entry.approval for entry in approvals if entry.approval.language == practice.language]
        signed = [entry.digests.get(name_insert(insert)) for entry in entries]
        last_signed += [digest for digest in signed if digest][-1:]
    return last_signed


def _place_of(piece: str, handout: Handout) -> Place:
    units: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
    places = {unit.id: unit.place for unit in units}
    return places.get(piece, handout.place)
