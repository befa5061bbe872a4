"""The register of codes: each code of the tool is in it, nothing else is, and docs/checks.md is made from it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from handouts.check.registry import FAMILIES, FIXED, GATE, REGISTRY
from handouts.problems.rule import Rule
from handouts.schema.practice import WebAddress
from support.command import run
from support.shipped import ROOT

PAGE = ROOT / "docs" / "checks.md"
# The register itself says nothing of what is used.
SOURCES = [path for path in sorted((ROOT / "src" / "handouts").rglob("*.py")) if path.parent.name != "known"]
MAKERS = {"error", "warning", "make", "PydanticCustomError", "Rule", "_rule"}
START = "<!-- Made from the code by `pytest tests/check/test_check_codes.py --rewrite`. Do not edit below. -->"


def codes_in(path: Path) -> Iterator[str]:
    """Give the codes of all problems that a module makes, also those that stand in a variable."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assigned = dict(assignments(tree))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in MAKERS:
            first = call.args[0]
            pieces = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            named = [
                piece
                for node in pieces
                for piece in (assigned.get(node.id, []) if isinstance(node, ast.Name) else [node])
            ]
            yield from (node.value for node in named if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from re.findall(r"(?:error|warning)\[([a-z-]+)\]", text)


def assignments(tree: ast.AST) -> Iterator[tuple[str, list[ast.expr]]]:
    """Give the values that each name is given, one of several given at once too."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
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


USED = {code for path in SOURCES for code in codes_in(path) if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)}


def test_each_code_that_is_used_is_explained() -> None:
    assert len(USED) > 120
    assert USED - REGISTRY.keys() == set()


def test_each_code_that_is_explained_is_used() -> None:
    assert REGISTRY.keys() - USED == set()


def test_no_code_is_explained_twice() -> None:
    assert sum(len(rules) for rules in FAMILIES.values()) == len(REGISTRY)


@pytest.mark.parametrize("rule", REGISTRY.values(), ids=REGISTRY)
def test_each_rule_has_title_reason_and_source(rule: Rule) -> None:
    assert rule.title[0].islower() or rule.title.split()[0].isupper() or rule.title.startswith(("YAML", "Markdown"))
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert len(rule.source) > 10
    for address in re.findall(r"https?://[^\s);,]+", rule.source):
        TypeAdapter(WebAddress).validate_python(address)


def checks_page() -> str:
    """Write the part of docs/checks.md that lists all codes."""
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


def test_page_of_checks_lists_all_codes(pytestconfig: pytest.Config) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert START in written
    by_hand = written[: written.index(START)]
    if pytestconfig.getoption("rewrite"):
        PAGE.write_text(by_hand + checks_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == by_hand + checks_page(), (
        "run: pytest tests/check/test_check_codes.py --rewrite"
    )


def test_explains_a_code(tmp_path: Path) -> None:
    ran = run(tmp_path, "check", "--explain", "citation-after-number")  # no project is needed
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "citation-after-number: a citation stands right after a number or a unit"
    assert "AMA Manual of Style" in ran.out


def test_an_unknown_code_is_wrong_usage(tmp_path: Path) -> None:
    ran = run(tmp_path, "check", "--explain", "citation-after-nummer")
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "citation-after-number"?' in ran.err
