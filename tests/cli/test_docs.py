"""README.md and docs/: commands, links, fields and examples are those of the code.

A comment before each example says what it is:
    <!-- file: PATH -->   a whole file of a project; all of them together are built
    <!-- part: KIND -->   an excerpt of a practice, of front matter, of settings or words, or the Markdown of a section
    <!-- other: WHAT -->  YAML of something else, checked for its syntax only
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import yaml

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.cli.group import handouts
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import has_errors
from handouts.read.markdown.block_attributes import BLOCKS
from handouts.read.project import read_project
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import validate
from handouts.schema.base import Schema
from handouts.schema.checks import Accepted, Checks
from handouts.schema.codes import Codes
from handouts.schema.field_names import USUAL_FIELDS
from handouts.schema.front_matter import FrontMatter, Treatment
from handouts.schema.labels import LabelFile
from handouts.schema.plain_language import PlainLanguage
from handouts.schema.practice import PracticeFile
from handouts.schema.reference import Name, Reference
from handouts.schema.settings import FormatSettings, PictureLimits, Publishing, SetEntry, Settings
from support.command import run
from support.examples import read_examples
from support.pdf import text
from support.shipped import ROOT

COMMANDS = ROOT / "docs" / "commands.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
WIDTH = 100

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path d="M10 10h180v80h-180z"/></svg>'
PARTS: dict[str, type[Schema]] = {
    "practice": PracticeFile,
    "front-matter": FrontMatter,
    "settings": Settings,
    "words": LabelFile,
}


# Commands


def all_commands() -> Iterator[tuple[str, click.Context]]:
    """Return each command as it is called, with a context of fixed width."""
    context = handouts.make_context(
        "handouts", [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )
    yield from _commands(context, "handouts")


def _commands(context: click.Context, name: str) -> Iterator[tuple[str, click.Context]]:
    yield name, context
    if isinstance(context.command, click.Group):
        for below in context.command.list_commands(context):
            command = context.command.get_command(context, below)
            if command and not command.hidden:
                inner = command.make_context(below, [], parent=context, resilient_parsing=True)
                yield from _commands(inner, f"{name} {below}")


def commands_page() -> str:
    """Write docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "<!-- Made from the help of the commands by `pytest tests/cli/test_docs.py --rewrite`. Do not edit. -->",
        "",
        "`handouts COMMAND --help` prints the same. Exit codes and output for scripts: [ci.md](ci.md).",
        "",
    ]
    for name, context in all_commands():
        lines += [f"## {name}", "", "```text", context.command.get_help(context), "```", ""]
    return "\n".join(lines)


def test_commands_page_is_the_help_of_each_command(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("rewrite"):
        COMMANDS.write_text(commands_page(), encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == commands_page(), "run: pytest tests/cli/test_docs.py --rewrite"


def test_readme_names_each_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name, _ in all_commands() if name != "handouts" and f"[`{name}`]" not in readme] == []


# Links


@pytest.mark.parametrize("name", NAMES)
def test_each_relative_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    broken: list[str] = []
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# Fields


@pytest.mark.parametrize(
    ("page", "model"),
    [
        ("authors.md", FrontMatter),
        ("authors.md", Codes),
        ("authors.md", Reference),
        ("authors.md", Name),
        ("practices.md", PracticeFile),
        ("practices.md", Settings),
        ("practices.md", PictureLimits),
        ("checks.md", Accepted),
        ("checks.md", Checks),
        ("checks.md", Treatment),
        ("plain-language.md", PlainLanguage),
        ("practices.md", FormatSettings),
        ("ci.md", SetEntry),
        ("publishing.md", Publishing),
    ],
)
def test_each_field_is_explained(page: str, model: type[Schema]) -> None:
    whole = (ROOT / "docs" / page).read_text(encoding="utf-8")
    names = [field.alias or name for name, field in model.model_fields.items()]
    assert [name for name in names if f"`{name}`" not in whole and f" {name}: " not in whole] == []


# Examples


@dataclass(frozen=True)
class Example:
    page: str
    line: int
    kind: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


_BLOCK = re.compile(
    r"(?:^<!-- (?P<kind>file|part|other): (?P<what>[^\n]+) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    flags=re.DOTALL | re.MULTILINE,
)


def all_examples() -> Iterator[Example]:
    """Return each example of YAML, Markdown or a template; one without a comment before it has no kind."""
    for page in PAGES:
        whole = page.read_text(encoding="utf-8")
        for found in _BLOCK.finditer(whole):
            if found["language"] in {"yaml", "markdown", "jinja"}:
                line = whole.count("\n", 0, found.start()) + 1
                yield Example(page.name, line, found["kind"] or "", found["what"] or "", found["text"])


EXAMPLES = list(all_examples())


def test_each_example_says_what_it_is() -> None:
    assert [str(example) for example in EXAMPLES if not example.kind] == []
    assert {example.what for example in EXAMPLES if example.kind == "part"} <= {*PARTS, "section"}


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.kind == "part" and e.what in PARTS], ids=str)
def test_each_excerpt_fits_its_schema(example: Example) -> None:
    problems = Problems()
    node = parse_yaml(example.text, example.page, problems)
    assert node
    validate(PARTS[example.what], node, problems, partial=True)
    assert problems.as_tuple() == ()


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.kind == "other"], ids=str)
def test_all_other_yaml_can_be_read(example: Example) -> None:
    assert yaml.safe_load(example.text)


def project_of_examples(folder: Path) -> Path:
    """Make a project of the whole files in the docs, with the files that they name and the handout they add to."""
    handout = "content/handouts/spinal-fracture"
    shutil.copytree(ROOT / handout, folder / handout)
    for example in EXAMPLES:
        if example.kind == "file":
            path = folder / example.what
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example.text, encoding="utf-8")
            for name in re.findall(r"[\w./-]+\.svg", example.text):
                (path.parent / name).write_text(DRAWING)
    ours = (ROOT / "content" / "references.yaml").read_text(encoding="utf-8")
    with (folder / "content" / "references.yaml").open("a", encoding="utf-8") as file:
        file.write(ours.removeprefix("references:\n"))
    return folder


def test_the_whole_files_make_a_project_that_builds(tmp_path: Path) -> None:
    folder = project_of_examples(tmp_path)
    ran = run(folder, "build", "-l", "en", "-f", "text")
    assert ran.code == 0, ran.err
    assert {line for line in ran.err.splitlines() if "warning[" in line and "missing-reference" not in line} == set()
    assert len(ran.out.splitlines()) == 8
    assert (
        run(folder, "build", "spinal-fracture", "-l", "en", "-s", "what-to-expect", "-p", "riverside-clinic").code == 0
    )
    assert run(folder, "build", "sprained-ankle", "-l", "en", "-p", "hillview-east").code == 0
    (part,) = folder.glob("output/riverside-clinic/spinal-fracture.*.pdf")
    assert "Bring a list of all your medicines" in text(part)
    assert "Ask us" in text(folder / "output/hillview-east/sprained-ankle.en.handout.pdf")


def test_the_excerpts_of_markdown_are_sections(tmp_path: Path) -> None:
    folder = project_of_examples(tmp_path)
    handout = folder / "content/handouts/sprained-ankle/en.md"
    front = handout.read_text(encoding="utf-8").split("\n---\n")[0]
    excerpts = [e.text for e in EXAMPLES if e.kind == "part" and e.what == "section"]
    assert excerpts
    for number, excerpt in enumerate(excerpts):
        handout.write_text(
            f"{front}\n---\n\n## At home? {{#at-home}}\n\nText.\n\n"
            f"## A question? {{#question-{number}}}\n\nText.\n\n{excerpt}"
        )
        for name in re.findall(r"[\w-]+\.svg", excerpt):
            (handout.parent / name).write_text(DRAWING)
        reading = read_project(Project(folder))
        assert [str(problem) for problem in reading.problems if problem.code != "missing-reference"] == [], excerpt
        assert reading.library
        pipeline = Pipeline(Project(folder), reading.library.references)
        request = Request(("sprained-ankle",), ("riverside-clinic",), formats=("handout", "text"))
        for item in plan(reading.library, request):
            composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
            assert not has_errors(composition.problems), excerpt


def test_the_syntax_page_has_each_block_with_its_attributes() -> None:
    whole = (ROOT / "docs/syntax.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", whole, flags=re.MULTILINE))
    assert rows.keys() == BLOCKS.keys()
    for name, attributes in BLOCKS.items():
        named = {word.lstrip("#") for word in re.findall(r"`([#a-z-]+)`", rows[name])}
        assert named & {"id", "always-with", "title", "side", "width", *attributes} == attributes, name
    for name in (*USUAL_FIELDS, "practice.phones.", "practice.fields."):
        assert f"`{{{{ {name}" in whole


def test_each_picture_of_the_guide_shows_the_example_above_it() -> None:
    assert list(read_examples(ROOT / "docs/authors.md")) == ["form", "schedule", "medicine", "exercises", "pictures"]
    for name in read_examples(ROOT / "docs/authors.md"):
        assert (ROOT / f"docs/images/guide-{name}.png").stat().st_size < 200_000
