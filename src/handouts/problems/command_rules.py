"""Rules for errors that stop a command before anything is built or checked.

They are declared here because the rooms that report them import `check`, which registers all rules.
"""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_ERROR: Final = Severity.ERROR
_SOURCE: Final = "docs/ci.md: a command that cannot do its work says so and exits with 1"

NO_PROJECT: Final = Rule(
    "no-project",
    _ERROR,
    title="no handouts.yaml in this folder or above",
    why="There is nothing to work on.",
    source=_SOURCE,
    message="no handouts.yaml in this folder or above",
    hint="`handouts init` makes a new project here, `handouts init DIR` elsewhere",
)
ALREADY_THERE: Final = Rule(
    "already-there",
    _ERROR,
    title="a file, handout or practice that already exists",
    why="Nothing is ever overwritten.",
    source=_SOURCE,
    message="{subject} already exists",
    hint="use the one that exists, or choose another name",
)
NOT_CREATED: Final = Rule(
    "not-created",
    _ERROR,
    title="a file of a new project, handout or practice cannot be written",
    why="What was requested is missing or incomplete.",
    source=_SOURCE,
    message="{file} cannot be written: {reason}",
    hint="allow writing there, or choose another folder",
)
NOT_SHIPPED: Final = Rule(
    "not-shipped",
    _ERROR,
    title="no shipped template, style sheet or labels file has this name",
    why="There is nothing to copy.",
    source="docs/practices.md: your own templates and style sheets",
    message='no shipped file "{name}"',
    hint="`handouts eject` lists all of them",
)
LEADS_OUTSIDE: Final = Rule(
    "leads-outside",
    _ERROR,
    title="a folder of the project is a link that leads out of it",
    why="Files are written inside the project only.",
    source="docs/practices.md: your own templates and style sheets",
    message="{file} would be written outside the project",
    hint="replace the symbolic link with a folder",
)
NO_READABLE_HANDOUT: Final = Rule(
    "no-readable-handout",
    _ERROR,
    title="no handout to report on",
    why="A report needs at least one handout without errors.",
    source=_SOURCE,
    message="no handout could be read",
    hint="correct the errors above",
)
NOT_APPROVED: Final = Rule(
    "not-approved",
    _ERROR,
    title="something that cannot be approved",
    why="A signature has to say who approved which text.",
    source="docs/release.md",
    message="{reason}",
)
NO_CLUSTER: Final = Rule(
    "no-cluster",
    _ERROR,
    title="the scheduler of the cluster cannot be used",
    why="Nothing was made.",
    source=_SOURCE,
    message="{reason}",
)
REFUSED: Final = Rule(
    "refused",
    _ERROR,
    title="the operating system refused to read or write",
    why="Nothing was done.",
    source=_SOURCE,
    message="{reason}{file}",
)
NO_ENGINE: Final = Rule(
    "no-engine",
    _ERROR,
    title="a library that PDFs are made with is missing on this computer",
    why="No handout can be printed.",
    source="WeasyPrint, installation (https://doc.courtbouillon.org/weasyprint/stable/first_steps.html)",
    message="no PDF can be made on this computer: {reason}",
    hint="run `handouts doctor`: it says what to install",
)
OUT_OF_MEMORY: Final = Rule(
    "out-of-memory",
    _ERROR,
    title="a file of the project needs more memory than is allowed",
    why="A small file can ask for any amount; the machine would slow down or stop.",
    source=_SOURCE,
    message="more memory was needed than is allowed",
    hint="name fewer handouts to find the file; HANDOUTS_MEMORY=6000 allows 6,000 MB to each process (docs/ci.md)",
)
RULES: Final = (
    NO_PROJECT,
    ALREADY_THERE,
    NOT_CREATED,
    NOT_SHIPPED,
    LEADS_OUTSIDE,
    NO_READABLE_HANDOUT,
    NOT_APPROVED,
    NO_CLUSTER,
    REFUSED,
    OUT_OF_MEMORY,
    NO_ENGINE,
)
