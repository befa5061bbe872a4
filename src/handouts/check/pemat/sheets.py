"""The sheets of PEMAT-P and of the CDC Clear Communication Index, filled in, as Markdown or HTML."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from handouts.check.pemat.facts import collect_facts
from handouts.check.pemat.items import INDEX, PEMAT, Item, Tool
from handouts.check.pemat.scores import Answer, Score, score_index, score_pemat
from handouts.model.library import Handout
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_NOTE: Final = (
    "A program filled in what it can judge; it does not understand the text. Neither agency endorses this, and no "
    "total is given before a person has answered the rest."
)
_STYLE: Final = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;"
    "vertical-align:top}th{background:#eee}th:first-child{width:3rem}th:nth-child(2){width:46%}th:nth-child(3){width:8rem}"
    ".no{font-weight:bold}"
)
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~&])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tool and the scores of its items."""

    tool: Tool
    scores: Mapping[int, Score]

    def answer(self, item: Item) -> str:
        """Return the answer to an item in the words of the tool, or "" if it is left to a person."""
        words = {Answer.YES: self.tool.yes, Answer.NO: self.tool.no, Answer.NONE: self.tool.none}
        return words.get(self.scores[item.number].answer, "")

    def list_boxes(self, item: Item) -> str:
        """Return the possible answers to an item, each with a box to tick."""
        optional = [self.tool.none] if item.number in self.tool.optional else []
        return " ".join(f"\u2610\u00a0{answer}" for answer in (self.tool.yes, self.tool.no, *optional))

    def split(self, items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
        """Split items into those that are answered and those that are left to a person."""
        unanswered = [item for item in items if self.scores[item.number].answer is Answer.ASK]
        return [item for item in items if item not in unanswered], unanswered

    def count_answers(self, items: Sequence[Item]) -> str:
        """Return how many items have each answer."""
        answers = [self.scores[item.number].answer for item in items]
        yes, no = answers.count(Answer.YES), answers.count(Answer.NO)
        rest = f"{answers.count(Answer.NONE)} not applicable, {answers.count(Answer.ASK)} for a person"
        return f"{self.tool.yes}: {yes}; {self.tool.no}: {no}; {rest}."


def write_pemat_sheets(
    handout: Handout,
    findings: Iterable[Problem],
    settings: PlainLanguage,
    form: Literal["markdown", "html"] = "markdown",
) -> str:
    """Return the sheets of a handout, as Markdown or as one page of HTML; `findings` are those about the handout."""
    facts = collect_facts(handout, findings, settings)
    sheets = (Sheet(PEMAT, score_pemat(facts, settings)), Sheet(INDEX, score_index(facts)))
    name = f"{handout.front.code}, version {handout.front.version}, {handout.place.file}"
    write = _write_html if form == "html" else _write_markdown
    return write(handout.front.title, name, sheets)


def _write_markdown(title: str, name: str, sheets: Sequence[Sheet]) -> str:
    lines = [f"# {_escape_markdown(title)}", "", _escape_markdown(name), "", _NOTE, ""]
    for sheet in sheets:
        lines += [f"## {sheet.tool.name}", "", f"{sheet.tool.source}, <{sheet.tool.address}>", ""]
        for heading, items in sheet.tool.parts:
            lines += [f"### {heading}", "", sheet.count_answers(items), "", *_write_items_as_markdown(sheet, items)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _write_items_as_markdown(sheet: Sheet, items: Sequence[Item]) -> Iterator[str]:
    answered, unanswered = sheet.split(items)
    if answered:
        yield from ("| Item | | Answer | Why |", "|---|---|---|---|")
        for item in answered:
            why = _escape_markdown(sheet.scores[item.number].evidence)
            yield f"| {item.number} | {item.text} | {sheet.answer(item)} | {why} |"
        yield ""
    if unanswered:
        yield from ("For a person to answer:", "")
        for item in unanswered:
            why = _escape_markdown(sheet.scores[item.number].evidence)
            yield f"- **{item.number}.** {item.text} {sheet.list_boxes(item)}{f' - look at: {why}' if why else ''}"
        yield ""


def _escape_markdown(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _write_html(title: str, name: str, sheets: Sequence[Sheet]) -> str:
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(name)}</p>", f"<p>{escape(_NOTE)}</p>"]
    for sheet in sheets:
        address = escape(sheet.tool.address)
        body += [
            f"<h2>{escape(sheet.tool.name)}</h2>",
            f'<p>{escape(sheet.tool.source)}, <a href="{address}">{address}</a></p>',
        ]
        for heading, items in sheet.tool.parts:
            body += [
                f"<h3>{escape(heading)}</h3>",
                f"<p>{escape(sheet.count_answers(items))}</p>",
                *_write_items_as_html(sheet, items),
            ]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return "\n".join(
        ["<!doctype html>", f'<html lang="en"><head>{head}</head><body><main>', *body, "</main></body></html>", ""]
    )


def _write_items_as_html(sheet: Sheet, items: Sequence[Item]) -> Iterator[str]:
    answered, unanswered = sheet.split(items)
    if answered:
        yield from _write_table(
            "Why", (_write_row(item, sheet.answer(item), sheet.scores[item.number]) for item in answered)
        )
    if unanswered:
        yield "<p>For a person to answer:</p>"
        yield from _write_table(
            "Look at", (_write_row(item, sheet.list_boxes(item), sheet.scores[item.number]) for item in unanswered)
        )


def _write_table(last_heading: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"<table><thead><tr><th>Item</th><th>Text</th><th>Answer</th><th>{last_heading}</th></tr></thead><tbody>"
    yield from rows
    yield "</tbody></table>"


def _write_row(item: Item, answer: str, score: Score) -> str:
    mark = ' class="no"' if score.answer is Answer.NO else ""
    cells = f"<td>{item.number}</td><td>{escape(item.text)}</td><td{mark}>{escape(answer)}</td>"
    return f"<tr>{cells}<td>{escape(score.evidence)}</td></tr>"
