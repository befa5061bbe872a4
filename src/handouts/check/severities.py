"""Severities of findings: those of their rules, or those that `checks: severities` in handouts.yaml sets."""

from collections.abc import Iterable, Mapping
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
    """Read handouts.yaml for the places in it; its errors are reported when the project is read."""
    path = project.root / SETTINGS_FILE
    text = read_text(project, path, Problems())
    return parse_yaml(text, project.place(path).file, Problems()) if text is not None else None


def find_severity_codes(settings: Node | None) -> list[tuple[str, Place | None]]:
    """Return the codes whose severities handouts.yaml sets, each with its place."""
    checks = settings.get("checks") if isinstance(settings, YamlMapping) else None
    severities = checks.get("severities") if isinstance(checks, YamlMapping) else None
    if not isinstance(severities, YamlMapping):
        return []
    return [(code, place_of(severities, (code,), key=True)) for code, _, _ in severities.items]


def apply_severities(problems: Iterable[Problem], severities: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return problems with the severities of the settings; those that are off are left out, fixed ones unchanged."""
    changed: list[Problem] = []
    for problem in problems:
        severity = severities.get(problem.code, "") if problem.code not in FIXED else ""
        if severity != "off":
            changed.append(replace(problem, severity=Severity(severity)) if severity else problem)
    return tuple(changed)
