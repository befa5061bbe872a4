"""The pipeline: all stages of one print, from a planned output to the bytes of its file.

    read -> plan -> select -> number -> compose -> typeset -> write

Reading and planning come before, for all prints of a request (`run_request.py`); writing comes after (`run_plan.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handouts.build.plan.plan import Planned
from handouts.build.typeset import FinishedFile, typeset
from handouts.compose.composer import ComposeOptions, Composer, Composition
from handouts.compose.project_files import KnownTexts
from handouts.model.edition import Edition
from handouts.model.library import Practice, ReferenceEntry
from handouts.model.patient import Patient
from handouts.model.project import Project
from handouts.numbering.number import Numbered, Numbering
from handouts.problems.problem import Problem, has_errors
from handouts.provenance.build_key import BuildKeys
from handouts.provenance.record import make_print_code, make_provenance
from handouts.provenance.source_digests import KnownDigests, SourceDigests
from handouts.schema.provenance import Source


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """What a run has read of templates, style sheets and the files that they use; each is read only once."""

    texts: KnownTexts
    digests: KnownDigests

    @property
    def count(self) -> int:
        """How much is known; it grows with each file that is read."""
        return len(self.texts) + self.digests.count


class Pipeline:
    """Takes prints through the stages, and caches what they share: texts, templates and digests.

    The files of a project may change, so a pipeline must not outlive a run.
    """

    def __init__(
        self,
        project: Project,
        references: Mapping[str, ReferenceEntry],
        options: ComposeOptions = ComposeOptions(),  # noqa: B008 - it cannot be changed
        *,
        numbering: Numbering | None = None,
    ) -> None:
        """Take a project and its references; nothing is read yet."""
        self.digests = SourceDigests(references, project.style_folders)
        self._composer = Composer(project, references, options)
        self._numbering = numbering or Numbering()

    def make_print(self, planned: Planned) -> FinishedFile:
        """Make one print in this process; a build makes most in worker processes (`print_task.py`)."""
        # Citations and notes get the numbers of the sections that were selected, in the order of the page.
        numbered = self.number(planned)
        # Text, brand and format become one HTML document with its style sheets, and the record of what it is made from.
        composition = self.compose(numbered, planned.practice, planned.edition)
        if composition.document is None or has_errors(composition.problems):
            return FinishedFile(b"", 0, composition.problems)
        # The document becomes pages, the pages are checked, and the finished file is tagged for screen readers.
        file = typeset(composition.document)
        return replace(file, problems=(*composition.problems, *file.problems))

    def number(self, planned: Planned) -> Numbered:
        """Return a planned output with the values of its practice, and with its citations and notes numbered."""
        return self._numbering(planned.selection, planned.practice)

    def compose(
        self,
        numbered: Numbered,
        practice: Practice,
        edition: Edition,
        patient: Patient | None = None,
        *,
        contents: Mapping[Source, str] | None = None,
    ) -> Composition:
        """Compose an output, with its print code on the pages and its provenance for the file.

        `contents` are the digests of its contents if they are known.
        """
        # The print code is printed on the pages, so it is made only of what a patient reads.
        contents = contents or self.digests.digest_contents(numbered, practice)
        code = make_print_code(numbered, practice, contents)
        composition = self._composer.compose(numbered, practice, edition, code, patient)
        document, labels = composition.document, composition.labels
        if document is None or labels is None:
            return composition
        # Only composing shows which templates are used.
        looks = self.digests.digest_looks(practice, edition, labels, composition.templates, document)
        made_from = make_provenance(numbered, practice, edition, code, {**contents, **looks})
        style_files = self.digests.digest_shown_files(practice, composition.templates, document)
        return replace(composition, document=replace(document, made_from=made_from, style_files=style_files))

    def find_problems(self, numbered: Numbered, practice: Practice, edition: Edition) -> tuple[Problem, ...]:
        """Find the problems that composing would, without filling a template: for outputs that are up to date."""
        return self._composer.find_problems(numbered, practice, edition)

    @property
    def known_files(self) -> KnownFiles:
        """What this pipeline has read so far."""
        return KnownFiles(self._composer.files.known_texts, self.digests.known)

    def add_known_files(self, known: KnownFiles) -> None:
        """Use what another pipeline of the same run has read, as it was then."""
        self._composer.files.known_texts.update(known.texts)
        self.digests.known.update(known.digests)

    def build_keys(self, engine: Mapping[str, str]) -> BuildKeys:
        """Return an object that computes build keys from the same sources, for versions of the engine."""
        return BuildKeys(self._composer, self.digests, engine)
