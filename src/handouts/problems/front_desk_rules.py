"""Rules of the front-desk page, declared here because the registry must not import the web room."""

from typing import Final

from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = "docs/front-desk.md"

NO_ADDRESS: Final = Rule(
    "no-address",
    Severity.ERROR,
    title="the address for the front-desk page cannot be used",
    why="The page cannot be opened.",
    source=_SOURCE,
    message="{address} cannot be used: {cause}",
    hint="see --host and --port",
)
PAGE_MISTAKE: Final = Rule(
    "page-mistake",
    Severity.ERROR,
    title="the front-desk page failed to answer a request",
    why="A request was not answered; this is a bug in handouts.",
    source=_SOURCE,
    message="{error} in {file}:{line}",
)
NOT_WATCHED: Final = Rule(
    "not-watched",
    Severity.WARNING,
    title="files cannot be watched",
    why="Changes appear only after a restart.",
    source=_SOURCE,
    message="files cannot be watched, so changes appear only after a restart: {cause}",
)
RULES: Final = (NO_ADDRESS, PAGE_MISTAKE, NOT_WATCHED)
