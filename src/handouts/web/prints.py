"""Makes and caches the prints that the page shows and hands out; worker processes lay them out."""

import datetime as dt
import math
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.rules import NOT_RENDERED, TIMED_OUT, WORKER_DIED
from handouts.build.typeset import FinishedFile, typeset
from handouts.compose.composer import ComposeOptions
from handouts.model.document import Composed
from handouts.model.patient import Patient
from handouts.model.project import Project
from handouts.numbering.blanks import list_blanks
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, has_errors
from handouts.provenance.code_ledger import CodeLedger
from handouts.provenance.versions import read_engine_versions
from handouts.schema.provenance import Provenance
from handouts.system.cache import Cache
from handouts.system.digests import digest
from handouts.web.choices import Choice, plan_choice
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import require_library
from handouts.web.release_refusals import ReleaseRefusals
from handouts.web.running_prints import BusyError, RunningPrints, SupersededError
from handouts.workers.errors import TimedOutError, WorkerDiedError

_CACHE_BYTES = 128 * 1024 * 1024
_MAX_CHOICES = 10_000
# Threads that compose at the same time. Together with those that wait for workers they are fewer than the server has,
# so that some are always free for cached prints.
_MAX_COMPOSING = 12
_TEMPLATE_SECONDS = 10  # a template that loops must not keep the others waiting for long
_EMPTY = FinishedFile(b"", 0, ())
_EMPTY_PAGE = "<title>Empty</title><p>Empty"
_NAME = "the print"


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its file, which is empty if there are errors among the problems, and the digest of its sources.

    A print for a patient has no digest, because it is never cached. `is_older` means that the files have errors now,
    and this is the last print without errors. `made_from` says nothing about a patient.
    """

    planned: Planned
    file: FinishedFile
    problems: tuple[Problem, ...]
    digest: str = ""
    is_older: bool = False
    made_from: Provenance | None = None

    @property
    def print_code(self) -> str:
        """The code printed on it; empty where none could be made."""
        return self.made_from.print_code if self.made_from else ""

    @property
    def ok(self) -> bool:
        """Whether there is a file to show and hand out."""
        return self.is_older or not has_errors(self.problems)

    @property
    def sheets(self) -> int:
        """The number of sheets of paper, printed on both sides."""
        return math.ceil(self.file.pages / 2)


@dataclass(frozen=True, slots=True)
class _CachedComposition:
    planned: Planned
    problems: tuple[Problem, ...]
    digest: str
    made_from: Provenance | None


class Prints:
    """Makes prints, and caches those that are not for a patient. Safe for threads."""

    def __init__(
        self,
        project: Project,
        layout_workers: Executor,
        max_waiting: int,
        today: Callable[[], dt.date],
        bodies: Path | None = None,
    ) -> None:
        """Let at most `max_waiting` requests wait for the layout workers at the same time.

        What is laid out for many practices is kept in the folder `bodies`, if there is one; nothing of a patient is.
        """
        self._project = project
        self._today = today
        self._layout_workers = layout_workers
        self._engine = read_engine_versions()
        # What other versions of the engine laid out is not used.
        self._bodies = bodies / digest(self._engine) if bodies else None
        self._running = RunningPrints(max_waiting)
        self._composing = BoundedSemaphore(_MAX_COMPOSING)
        self.refusals = ReleaseRefusals(project, today)
        # With the number of the snapshot and the day that it is for.
        self._pipeline = (0, dt.date.min), Pipeline(project, {})
        self._compositions: Cache[tuple[int, dt.date, Choice], _CachedComposition] = Cache(_MAX_CHOICES)
        self._files: Cache[str, FinishedFile] = Cache(_CACHE_BYTES, _measure_size)
        self._last_good: Cache[Choice, tuple[str, Provenance | None]] = Cache(_MAX_CHOICES)

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for a print, or did just now."""
        return self._running.is_busy

    @property
    def is_waited_for(self) -> bool:
        """Whether anybody waits for a print."""
        return self._running.is_waited_for

    def get_cached_file(self, digest: str) -> FinishedFile | None:
        """Return a finished file if it is still cached."""
        return self._files.get(digest)

    def find_or_make(self, snapshot: Snapshot, choice: Choice, visit: Hashable) -> Print:
        """Return a print; if the files have errors now, the last one without errors, with the current problems.

        The print that the visit was waiting for is canceled. Raises NotOfferedError if the library does not have what
        was chosen, BusyError if there is too much to do, SupersededError if this print is canceled.
        """
        refusals = self.refusals.find_refusals(snapshot, choice)
        if has_errors(refusals):  # an earlier print, made before the gate refused it, does not take its place
            return Print(plan_choice(snapshot, choice), _EMPTY, refusals)
        composition = self._compositions.get((snapshot.number, self._today(), choice))
        file = self._files.get(composition.digest) if composition else None
        if composition and file:
            problems = (*composition.problems, *file.problems)
            cached_print = Print(
                composition.planned, file, problems, composition.digest, made_from=composition.made_from
            )
            return self._fall_back_to_last_good(choice, cached_print)
        planned, composed, problems, digest = self._compose(snapshot, choice, None)
        if composed is None or has_errors(problems):
            return self._fall_back_to_last_good(choice, Print(planned, _EMPTY, problems))
        self._compositions.put(
            (snapshot.number, self._today(), choice),
            _CachedComposition(planned, problems, digest, composed.made_from),
        )
        file = self._files.get(digest) or self._wait(digest, lambda: self._start_cached(digest, composed), visit)
        made = Print(planned, file, (*problems, *file.problems), digest, made_from=composed.made_from)
        return self._fall_back_to_last_good(choice, made)

    def make_for_patient(self, snapshot: Snapshot, choice: Choice, patient: Patient, visit: Hashable) -> Print:
        """Return a print for a patient, without caching anything. Raises as `find_or_make`."""
        planned, composed, problems, _ = self._compose(snapshot, choice, patient)
        problems = (*problems, *self.refusals.find_refusals(snapshot, choice))
        if composed is None or has_errors(problems):
            return Print(planned, _EMPTY, problems)
        file = self._wait(object(), lambda: self._layout_workers.submit(typeset, composed), visit)
        return Print(planned, file, (*problems, *file.problems), made_from=composed.made_from)

    def rehearse(self, snapshot: Snapshot, choice: Choice, workers: int) -> None:
        """Have each worker lay out an empty page in the style of a print, so that no print waits for fonts and styles.

        Raises NotOfferedError and BusyError.
        """
        _, composed, _, _ = self._compose(snapshot, choice, None)
        if composed:
            for _ in range(workers):
                self._layout_workers.submit(_lay_out_empty_page, composed)

    def record_code(self, snapshot: Snapshot, made: Print) -> Print:
        """Record the print code of a print that is handed out, in a project that requires a release.

        A print whose code cannot be recorded is returned without its file.
        """
        made_from = made.made_from
        is_released = require_library(snapshot).settings.release == "required"
        if not (is_released and made.ok and made_from and made_from.status == "approved"):
            return made
        problems = Problems()
        CodeLedger(self._project, self._today(), problems).record(made_from, problems)
        if problems.has_errors:
            return replace(made, file=_EMPTY, problems=(*made.problems, *problems), is_older=False)
        return made

    def _compose(
        self, snapshot: Snapshot, choice: Choice, patient: Patient | None
    ) -> tuple[Planned, Composed | None, tuple[Problem, ...], str]:
        """Compose a print, and digest its sources with the same pipeline, because files may change at any time.

        Raises NotOfferedError for a print that the library cannot plan, BusyError if too many are being composed.
        """
        planned = plan_choice(snapshot, choice)
        pipeline = self._get_pipeline(snapshot)
        numbered = pipeline.number(planned)
        if patient:
            printed = {blank.id for blank in list_blanks(numbered)}
            patient = replace(patient, blanks={name: text for name, text in patient.blanks.items() if name in printed})
        # A project's own template may take any amount of time.
        if not self._composing.acquire(blocking=False):
            raise BusyError
        try:
            composition = pipeline.compose(numbered, planned.practice, planned.edition, patient)
        finally:
            self._composing.release()
        digest = ""
        if not patient:
            # Created each time, because it is not safe for threads.
            digest = pipeline.build_keys(self._engine).build_key(numbered, planned.practice, planned.edition)
        return planned, composition.document, composition.problems, digest

    def _get_pipeline(self, snapshot: Snapshot) -> Pipeline:
        """Return the pipeline of a snapshot: a pipeline reads each file once, so changed files need a new one."""
        today = self._today()
        key, pipeline = self._pipeline
        if key != (snapshot.number, today):
            references = require_library(snapshot).references
            # Prints are handed to patients at once, so drafts and overdue handouts are marked as such.
            options = ComposeOptions(mark_drafts=True, mark_overdue=today, timeout=_TEMPLATE_SECONDS)
            pipeline = Pipeline(self._project, references, options)
            self._pipeline = (snapshot.number, today), pipeline
        return pipeline

    def _wait(self, key: Hashable, start: Callable[[], Future[FinishedFile]], visit: Hashable) -> FinishedFile:
        """Wait for a print to be made; if that fails, return an empty file with the problem."""
        try:
            return self._running.wait(key, start, visit)
        except (BusyError, SupersededError):
            raise
        except TimedOutError:
            problem = TIMED_OUT.at(None, name=_NAME, hint="leave out some sections, or ask your IT person")
        except WorkerDiedError:
            problem = WORKER_DIED.at(None, name=_NAME, hint="try again")
        except Exception as failure:  # noqa: BLE001 - the engine may raise anything; its message may quote the patient
            hint = "try again; if it keeps failing, ask your IT person"
            problem = NOT_RENDERED.at(None, name=_NAME, reason=type(failure).__name__, hint=hint)
        return replace(_EMPTY, problems=(problem,))

    def _start_cached(self, digest: str, composed: Composed) -> Future[FinishedFile]:
        """Start to make a print whose file is cached when it is finished."""
        future = self._layout_workers.submit(typeset, composed, self._bodies)
        future.add_done_callback(lambda done: self._cache(digest, done))
        return future

    def _cache(self, digest: str, done: Future[FinishedFile]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._files.put(digest, done.result())

    def _fall_back_to_last_good(self, choice: Choice, current: Print) -> Print:
        """Return the print, or the last one of the same choice without errors if this one has errors."""
        if not has_errors(current.problems):
            self._last_good.put(choice, (current.digest, current.made_from))
            return current
        digest, made_from = self._last_good.get(choice) or ("", None)
        file = self._files.get(digest) if digest else None
        return replace(current, file=file, digest=digest, is_older=True, made_from=made_from) if file else current


def _lay_out_empty_page(composed: Composed) -> None:
    typeset(replace(composed, html=_EMPTY_PAGE, required=(), attached=()))


def _measure_size(file: FinishedFile) -> int:
    return len(file.content) + 1024
