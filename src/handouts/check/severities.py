"""How severe a finding is: as its rule says, or as `checks: severities` of handouts.yaml does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from handouts.check.registry import FIXED
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping as YamlMapping
from handouts.read.yaml.nodes import Node, place_of
from handouts.read.yaml.parser import parse_yaml


def read_settings_node(project: Project) -> Node | None:
    """Read handouts.yaml for the places in it; what is wrong with it is reported elsewhere."""
    path = project.root / SETTINGS_FILE
    text = read_text(project, path, Problems())
    return parse_yaml(text, project.place(path).file, Problems()) if text is not None else None


def severities_at(settings: Node | None) -> list[tuple[str, Place | None]]:
    """Return the codes whose severities handouts.yaml sets, and where."""
    checks = settings.get("checks") if isinstance(settings, YamlMapping) else None
    severities = checks.get("severities") if isinstance(checks, YamlMapping) else None
    if not isinstance(severities, YamlMapping):
        return []
    return [(code, place_of(severities, (code,), key=True)) for code, _, _ in severities.items]


def with_severities(problems: Iterable[Problem], severities: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems as severe as the settings say, without those that are off; fixed ones stay as they are."""
    for problem in problems:
        wanted = severities.get(problem.code, "") if problem.code not in FIXED else ""
        if wanted != "off":
            yield replace(problem, severity=Severity(wanted)) if wanted else problem
