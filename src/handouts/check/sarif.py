"""Findings as SARIF 2.1.0 (OASIS), for code scanning and for editors."""

import json
from urllib.parse import quote

from handouts import __version__
from handouts.check.registry import REGISTRY
from handouts.check.run import Findings
from handouts.problems.problem import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Json = dict[str, object]


def findings_to_sarif(findings: Findings) -> str:
    """Return findings as a log of one run; accepted ones are results that are suppressed in the source."""
    problems = [*findings.open, *(problem for problem, _ in findings.accepted)]
    codes = sorted({problem.code for problem in problems})
    results = [_result_to_json(problem, codes) for problem in findings.open]
    for problem, reason in findings.accepted:
        suppression = {"kind": "inSource", "justification": reason}
        results.append({**_result_to_json(problem, codes), "suppressions": [suppression]})
    driver: Json = {
        "name": "handouts",
        "semanticVersion": __version__,
        "rules": [_rule_to_json(code) for code in codes],
    }
    run: Json = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule_to_json(code: str) -> Json:
    rule = REGISTRY[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} Source: {rule.source}."},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result_to_json(problem: Problem, codes: list[str]) -> Json:
    text = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    result: Json = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.severity.value,
        "message": {"text": text},
    }
    place = problem.place
    if place:
        location: Json = {"artifactLocation": {"uri": quote(place.file), "uriBaseId": "%SRCROOT%"}}
        if place.line:
            location["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
        result["locations"] = [{"physicalLocation": location}]
    return result
