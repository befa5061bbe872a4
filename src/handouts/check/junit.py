"""Findings as a JUnit report, which most CI services show as a list of tests: one test for each file with findings."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from handouts.check.run import Findings
from handouts.problems.problem import Problem, Severity

_PROJECT = "handouts.yaml"  # for findings without a file


def findings_to_junit(findings: Findings, *, strict: bool) -> str:
    """Return findings as XML: errors are failures, with `strict` warnings too; all others are output of their test."""
    by_file: dict[str, list[Problem]] = {}
    for problem in findings.open:
        by_file.setdefault(problem.place.file if problem.place else _PROJECT, []).append(problem)
    suite = Element("testsuite", name="handouts check")
    failed = 0
    for file, problems in by_file.items() or {_PROJECT: []}.items():
        case = SubElement(suite, "testcase", classname="handouts.check", name=file)
        failures = [problem for problem in problems if strict or problem.severity is Severity.ERROR]
        if failures:
            failed += 1
            first = SubElement(case, "failure", type=failures[0].code, message=_clean(failures[0].message))
            first.text = _clean("\n".join(map(str, failures)))
        others = [problem for problem in problems if problem not in failures]
        if others:
            SubElement(case, "system-out").text = _clean("\n".join(map(str, others)))
    suite.attrib.update(tests=str(len(suite)), failures=str(failed), errors="0")
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _clean(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")
