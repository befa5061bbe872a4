"""Makes a draft of a handout from a document: text, citations, notes, pictures, and a report of what is left to do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.importing.blocks import CITATION, Block, parse_numbers
from handouts.importing.disclaimer import take_disclaimer
from handouts.importing.documents import Document
from handouts.importing.draft import choose_title, write_draft
from handouts.importing.match_sources import match_sources
from handouts.importing.merge import Merged, merge_records
from handouts.importing.practice_fields import fill_in_fields
from handouts.importing.report import count_findings, find_lost_words, list_tasks
from handouts.importing.source_list import find_list, split_sources
from handouts.importing.star_notes import tie_notes
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.schema.practice import PracticeProfile
from handouts.system.write import write_whole


@dataclass(frozen=True, slots=True)
class ImportedHandout:
    """A draft, where it goes, what it brings, and a report: what was found, what is left to do.

    `pictures` are files by name, for the folder of the draft.
    """

    path: Path
    draft: str
    references: Merged | None
    pictures: Mapping[str, bytes]
    report: tuple[str, ...]

    def write(self) -> None:
        """Write the references and the pictures, then the draft. Raises OSError."""
        if self.references and self.references.added:
            self.references.write()
        for name, content in self.pictures.items():
            write_whole(self.path.with_name(name), content)
        write_whole(self.path, self.draft.encode("utf-8"))


def import_handout(  # noqa: PLR0913 - the document, where it goes, and what it is matched with
    project: Project,
    profiles: Iterable[PracticeProfile],
    path: Path,
    target: Path,
    document: Document,
    problems: Problems,
    *,
    missing: Collection[int] = (),
) -> ImportedHandout:
    """Return the draft of a document for a target such as content/handouts/<id>/en.md.

    Names, phones, addresses and websites of the practices, whose profiles these are, become fields. `missing` are the
    numbers of sources that an unnumbered list does not have.
    """
    dropped = list(document.dropped)
    replaced: list[str] = []
    tasks: list[str] = []
    text = tie_notes(document.blocks, find_list(document.blocks)[0], tasks)
    body, sources = split_sources(text, dropped)
    disclaimer, body = take_disclaimer(body)
    cited = _list_cited(body)
    title, without_title = choose_title(body, path.stem.replace("-", " ").replace("_", " ").strip().capitalize())
    identifier = target.parent.name
    records, positions, source_tasks = match_sources(sources, cited, str(path), identifier, missing)
    merged = merge_records(project, records, problems)
    listed = merged.keys if merged else ("",) * len(records)
    # A number whose source was refused stays a citation, of an id that is not in the list: an error in its place.
    keys = {number: listed[positions[number]] or f"{identifier}-number-{number}" for number in cited}
    blocks = fill_in_fields(without_title, profiles, replaced)
    draft = write_draft(title, disclaimer, blocks, keys)
    report = [
        *count_findings(blocks, cited, len(merged.added) if merged else 0),
        *(f"source: {source.text} [@{key}]" for source, key in zip(sources, listed, strict=False)),
        *(f"replaced: {line}" for line in replaced),
        *(f"to do: {line}" for line in [*source_tasks, *list_tasks(blocks, disclaimer, document.words), *tasks]),
        *(f"dropped: {line}" for line in dropped),
    ]
    lost = find_lost_words(document, " ".join([title, disclaimer, draft.partition("\n---\n")[2], *report]))
    report += [f"not in the draft: {word}" for word in lost]
    return ImportedHandout(target, draft, merged, document.pictures, tuple(report))


def _list_cited(blocks: Sequence[Block]) -> list[int]:
    return sorted(
        {number for block in blocks for found in CITATION.findall(block.text) for number in parse_numbers(found)}
    )
