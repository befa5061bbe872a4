"""Shell completion of names in a project: handouts, practices, sections, languages, formats and sets.

Completion runs at each press of the Tab key, so it uses names of files where they are enough, checks nothing, and
completes nothing in a project that it cannot read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import click

from handouts.model.project import SETTINGS_FILE, Project, find_project

Complete = Callable[[click.Context, click.Parameter, str], list[str]]

SHIPPED_FORMATS: Final = (
    "handout",
    "one-page",
    "large-print",
    "trifold",
    "trifold-z",
    "booklet",
    "html",
    "text",
    "message",
)
_HEADING_ID: Final = re.compile(r"^##? .*\{#([a-z0-9-]+)[^{}]*\}[ \t]*$", re.MULTILINE)
_FRONT_MATTER: Final = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_LARGEST_FILE: Final = 4_000_000  # bytes, as the reader has it
_DEEPEST: Final = 60  # nested mappings and lists, likewise


def complete_from(find_names: Callable[[Project, click.Context], Iterable[str]]) -> Complete:
    """Return a Click callback that completes names of the current project."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            project = find_project(Path.cwd())
            names = find_names(project, context) if project else ()
            return sorted({name for name in names if name.startswith(incomplete) and name.isprintable()})
        except Exception:  # noqa: BLE001 - a message would appear in the line that somebody is typing
            return []

    return complete


def _find_handouts(project: Project, _context: click.Context) -> Iterable[str]:
    return (path.parent.name for path in project.content.glob("handouts/*/*.md"))


def _find_practices(project: Project, _context: click.Context) -> Iterable[str]:
    return (path.parent.name for path in project.content.glob("practices/*/practice.yaml"))


def _find_languages(project: Project, _context: click.Context) -> Iterable[str]:
    return (path.stem for path in project.content.glob("handouts/*/*.md"))


def _find_sections(project: Project, context: click.Context) -> Iterable[str]:
    """Return the ids of sections, parts and selections, of the handouts on the command line if there are any."""
    # While an option has no value yet, Click cannot parse the command line and leaves the handouts in `args`.
    patterns = context.params.get("handouts") or context.args or ("*",)
    for handout_path in project.content.glob("handouts/*/*.md"):
        if not any(fnmatchcase(handout_path.parent.name, pattern) for pattern in patterns):
            continue
        text = _read_text(project, handout_path)
        yield from _HEADING_ID.findall(text)
        front_matter = _FRONT_MATTER.match(text)
        if front_matter and "selections:" in front_matter[1]:
            yield from _find_keys(front_matter[1], "selections")


def _find_formats(project: Project, _context: click.Context) -> Iterable[str]:
    yield from SHIPPED_FORMATS
    yield from _find_keys(_read_text(project, project.root / SETTINGS_FILE), "formats")


def _find_sets(project: Project, _context: click.Context) -> Iterable[str]:
    return _find_keys(_read_text(project, project.root / SETTINGS_FILE), "sets")


def _find_packs(project: Project, _context: click.Context) -> Iterable[str]:
    return _find_keys(_read_text(project, project.root / SETTINGS_FILE), "packs")


def _read_text(project: Project, path: Path) -> str:
    """Return the text of a file; nothing of one that would be refused for its size."""
    path = project.inside(path)
    is_read = path.is_file() and path.stat().st_size <= _LARGEST_FILE
    return path.read_text(encoding="utf-8", errors="replace") if is_read else ""


def _find_keys(text: str, field: str) -> Iterator[str]:
    """Yield the keys of the mapping in a field of a YAML text. Raises ValueError if the text is nested too deeply."""
    import yaml

    open_keys: list[str | None] = []  # of each mapping around: None where a key comes next; "" in a list
    # One event after another, because a file that is nested deeply enough takes PyYAML hours.
    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionEndEvent):
            open_keys.pop()
        if isinstance(event, yaml.ScalarEvent) and open_keys and open_keys[-1] is None:
            open_keys[-1] = event.value
            if len(open_keys) == 2 and open_keys[0] == field:  # noqa: PLR2004 - in a field
                yield event.value
        elif isinstance(event, yaml.CollectionStartEvent):
            open_keys.append(None if isinstance(event, yaml.MappingStartEvent) else "")
            if len(open_keys) > _DEEPEST:
                raise ValueError(field)
        elif open_keys and open_keys[-1]:
            open_keys[-1] = None  # its value ends


def complete_codes(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the code of a problem."""
    from handouts.check.registry import REGISTRY

    return sorted(code for code in REGISTRY if code.startswith(incomplete))


def complete_shipped_files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a shipped file that can be copied."""
    from handouts.scaffold.shipped_files import list_shipped_files

    return [name for name in list_shipped_files() if name.startswith(incomplete)]


complete_handouts: Final = complete_from(_find_handouts)
complete_practices: Final = complete_from(_find_practices)
complete_languages: Final = complete_from(_find_languages)
complete_sections: Final = complete_from(_find_sections)
complete_formats: Final = complete_from(_find_formats)
complete_sets: Final = complete_from(_find_sets)
complete_packs: Final = complete_from(_find_packs)
