"""Rules for problems that occur while files are made and written."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_SOURCE: Final = "docs/ci.md: nothing partial is ever written, and nothing fails silently"

NO_MATCHING_HANDOUT: Final = Rule(
    "no-matching-handout",
    _ERROR,
    "no handout has everything that was requested",
    "No file was made.",
    _SOURCE,
    "no handout matches everything that was requested",
    "see `handouts list sections`",
)
NOTHING_TO_BUILD: Final = Rule(
    "nothing-to-build",
    _ERROR,
    "a project without handouts or practices",
    "No file was made.",
    _SOURCE,
    "the project has no {kind} to build",
    "`handouts new {kind} ID` makes one",
)
TIMED_OUT: Final = Rule(
    "timed-out",
    _ERROR,
    "a file took too long to make",
    "The file was not made; an earlier one stays.",
    _SOURCE,
    "making {name} took too long and was ended",
    "see `--timeout`",
)
WORKER_DIED: Final = Rule(
    "worker-died",
    _ERROR,
    "a process that made a file died",
    "The file was not made.",
    _SOURCE,
    "the process that made {name} died",
    "something in it may need more memory than is allowed (HANDOUTS_MEMORY); or run `handouts doctor`",
)
TOO_MUCH_MEMORY: Final = Rule(
    "too-much-memory",
    _ERROR,
    "a file needs more memory than is allowed",
    "The file was not made; an earlier one stays.",
    _SOURCE,
    "making {name} needs more memory than is allowed",
    "look for very large numbers in its style sheets, drawings and pictures; HANDOUTS_MEMORY sets the limit in MB",
)
UNFIT_WORKER: Final = Rule(
    "unfit-worker",
    _ERROR,
    "a worker of the cluster sees other files, or has other versions",
    "It would make another file than the one that was requested.",
    _SOURCE,
    "{reason}",
    "give all workers the same folder and the same versions",
)
NOT_RENDERED: Final = Rule(
    "not-rendered",
    _ERROR,
    "a file could not be made",
    "The file was not made.",
    _SOURCE,
    "{name} could not be made: {reason}",
)
NOT_WRITTEN: Final = Rule(
    "not-written",
    _ERROR,
    "a file cannot be written",
    "The file was not made; an earlier one stays.",
    _SOURCE,
    "{path} cannot be written: {reason}",
)
UNREADABLE_STYLE: Final = Rule(
    "unreadable-style",
    _WARNING,
    "a file in styles/ cannot be read",
    "Prints that use it fail.",
    _SOURCE,
    "the file cannot be read: {reason}",
)
BAD_MANIFEST: Final = Rule(
    "bad-manifest",
    _WARNING,
    "the manifest of the output folder cannot be used",
    "Everything is made anew, since nothing is known of the files that are there.",
    _SOURCE,
    "{path} cannot be read, so everything is built anew",
)
EXPIRED_FILE: Final = Rule(
    "expired-file",
    _WARNING,
    "a file of an approved handout whose review is overdue is in the output folder",
    "Nobody has checked whether it is still true, and somebody may still hand it out.",
    "PIF TICK criteria, review dates (https://piftick.org.uk); docs/release.md",
    "{path} has expired: its review was due on {date}",
    "withdraw it; --prune removes the file",
)
NOT_REMOVED: Final = Rule(
    "not-removed",
    _WARNING,
    "a file that is no longer in the plan was not removed",
    "Somebody changed it, or the system refused.",
    _SOURCE,
    "{path} is not removed: {reason}",
    "look at it, then remove it",
)
NO_MANIFEST: Final = Rule(
    "no-manifest",
    _ERROR,
    "a folder without a manifest",
    "Nobody knows what is in it.",
    _SOURCE,
    "{path} is missing or cannot be read",
    "name folders that `handouts build` wrote",
)
NOT_AS_BUILT: Final = Rule(
    "not-as-built",
    _ERROR,
    "a file is not as its manifest says",
    "It was changed or cut off.",
    _SOURCE,
    "{path} is not as it was built",
    "copy the folder again, or build it again",
)
MERGE_CONFLICT: Final = Rule(
    "merge-conflict",
    _ERROR,
    "folders that do not fit together",
    "Nobody could tell which file is right, so none is copied.",
    _SOURCE,
    "the folders do not fit together: {difference}",
    "build all of them again, from one commit and with the same versions",
)
MISSING_SHARD: Final = Rule(
    "missing-shard",
    _ERROR,
    "a shard is missing from those to be merged",
    "The whole would lack its outputs, and nobody would know.",
    _SOURCE,
    "of {count} shards these are missing: {numbers}",
    "name the folders of all shards",
)
OUTPUT_FAILED: Final = Rule(
    "output-failed",
    _ERROR,
    "an output of a folder to be merged failed when it was built",
    "It is missing from the whole, or a file of an earlier build stands in its place.",
    _SOURCE,
    "{output} failed in {folder}{codes}",
    "correct it, and build that folder again",
)

RULES: Final = (
    NO_MATCHING_HANDOUT,
    NOTHING_TO_BUILD,
    TIMED_OUT,
    WORKER_DIED,
    TOO_MUCH_MEMORY,
    UNFIT_WORKER,
    NOT_RENDERED,
    NOT_WRITTEN,
    UNREADABLE_STYLE,
    BAD_MANIFEST,
    EXPIRED_FILE,
    NOT_REMOVED,
    NO_MANIFEST,
    NOT_AS_BUILT,
    MERGE_CONFLICT,
    MISSING_SHARD,
    OUTPUT_FAILED,
)
