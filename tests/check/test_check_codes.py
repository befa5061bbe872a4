"""The registry of rules: it has exactly the codes that the source reports, and docs/checks.md is made from it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import TypeAdapter

from handouts.check.registry import FAMILIES, FIXED, GATE, REGISTRY
from handouts.cli.group import handouts
from handouts.schema.web_address import WebAddress
from support.shipped import ROOT

PAGE = ROOT / "docs" / "checks.md"
SOURCES = [path for path in sorted((ROOT / "src" / "handouts").rglob("*.py")) if path.parent.name != "known"]
MAKERS = {"error", "warning", "make", "PydanticCustomError", "Rule"}
START = "<!-- Made from the code by `pytest tests/check/test_check_codes.py --rewrite`. Do not edit below. -->"


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_in(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parse(path)))


def calls_in(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the name of what is called."""
    for node in nodes_in(path):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""), node


def codes_in(path: Path) -> Iterator[str]:
    """Yield the codes of all rules and problems that a module makes, also those that are in a variable."""
    assigned = dict(assignments(path))
    for name, call in calls_in(path):
        keywords = [keyword.value for keyword in call.keywords if name == "Rule" and keyword.arg == "code"]
        if name in MAKERS:
            for first in [*call.args[:1], *keywords]:
                pieces = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                named = [
                    piece
                    for node in pieces
                    for piece in (assigned.get(node.id, []) if isinstance(node, ast.Name) else [node])
                ]
                yield from (
                    node.value for node in named if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )
    yield from re.findall(r"(?:error|warning)\[([a-z-]+)\]", path.read_text(encoding="utf-8"))


def unreported_rules(path: Path) -> Iterator[str]:
    """Yield the names of rules that a module declares and that no module uses, apart from its RULES."""
    declared = {
        target.id
        for node in parse(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "Rule"
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    used = set[str]()
    for statement in parse(path).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(getattr(target, "id", "") == "RULES" for target in targets):
            continue
        used |= {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    yield from (f"{path.stem}.{name}" for name in declared - used - imported())


@cache
def imported() -> frozenset[str]:
    """Return the names that modules import from others, other than those that the registry does."""
    return frozenset(
        alias.name
        for path in SOURCES
        if path.name != "registry.py"
        for node in nodes_in(path)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )


def assignments(path: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    """Yield each name with the values that are assigned to it, alone or in a tuple."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes_in(path):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                for position, name in enumerate(names):
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).extend(values(node.value, position, len(names)))
    yield from found.items()


def values(value: ast.expr, position: int, count: int) -> Iterator[ast.expr]:
    if isinstance(value, ast.IfExp):
        yield from values(value.body, position, count)
        yield from values(value.orelse, position, count)
    elif isinstance(value, ast.Tuple) and count > 1:
        yield value.elts[position]
    else:
        yield value


@cache
def reported() -> frozenset[str]:
    """Return the codes that the source reports."""
    found = (code for path in SOURCES for code in codes_in(path))
    return frozenset(code for code in found if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code))


def test_each_code_that_is_reported_is_in_the_registry() -> None:
    assert len(reported()) > 120
    assert reported() - REGISTRY.keys() == set()


def test_each_code_in_the_registry_is_reported() -> None:
    assert REGISTRY.keys() - reported() == set()


def test_each_rule_that_is_declared_is_reported() -> None:
    assert [name for path in SOURCES for name in unreported_rules(path)] == []


def test_no_code_is_in_the_registry_twice() -> None:
    assert sum(len(rules) for rules in FAMILIES.values()) == len(REGISTRY)


def test_each_rule_has_title_reason_and_source() -> None:
    addresses = TypeAdapter(WebAddress)
    for rule in REGISTRY.values():
        title = rule.title
        assert title[0].islower() or title.split()[0].isupper() or title.startswith(("YAML", "Markdown")), rule.code
        assert not title.endswith("."), rule.code
        assert rule.why.endswith("."), rule.code
        assert len(rule.source) > 10, rule.code
        for address in re.findall(r"https?://[^\s);,]+", rule.source):
            addresses.validate_python(address)


def checks_page() -> str:
    """Return the part of docs/checks.md that lists all codes."""
    lines = [START, ""]
    for family, rules in FAMILIES.items():
        lines += [
            f"### {family}",
            "",
            "| Code | Severity | Finds that | Why it matters | Source |",
            "|---|---|---|---|---|",
        ]
        for rule in rules:
            fixed = ", fixed" if rule.code in FIXED else ", stops a release" if rule.code in GATE else ""
            severity = f"{rule.severity}{fixed}"
            cells = (f"`{rule.code}`", severity, rule.title, rule.why, rule.source)
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        lines.append("")
    return "\n".join(lines)


def test_docs_list_all_codes(pytestconfig: pytest.Config) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert START in written
    by_hand = written[: written.index(START)]
    if pytestconfig.getoption("rewrite"):
        PAGE.write_text(by_hand + checks_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == by_hand + checks_page(), (
        "run: pytest tests/check/test_check_codes.py --rewrite"
    )


def explain(code: str) -> Result:
    return CliRunner().invoke(handouts, ["check", "--explain", code])


def test_explain_shows_a_rule() -> None:
    result = explain("citation-after-number")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "citation-after-number: a citation stands right after a number or a unit"
    assert "AMA Manual of Style" in result.stdout


def test_explaining_an_unknown_code_is_a_usage_error() -> None:
    result = explain("citation-after-nummer")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'Did you mean "citation-after-number"?' in result.stderr
