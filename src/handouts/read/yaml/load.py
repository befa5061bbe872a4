"""Loads YAML files: reads, parses and validates them against a schema, with the places of all values."""

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Generic

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.slow_files import read_with_time_limit
from handouts.read.text_file import read_text
from handouts.read.yaml.nodes import Mapping, plain
from handouts.read.yaml.parser import parse_yaml
from handouts.read.yaml.validate import WRONG_TYPE, Model, describe, validate


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A YAML file as a value of its schema, and the nodes that hold the places of its fields."""

    value: Model
    node: Mapping


def load_yaml_file(
    model: type[Model], project: Project, path: Path, problems: Problems, *, may_be_empty: bool = False
) -> Loaded[Model] | None:
    """Load a YAML file of a project; return None if it has errors.

    With `may_be_empty`, a file without any field is loaded as the defaults of the schema.
    """

    def load() -> Loaded[Model] | None:
        text = read_text(project, path, problems)
        if text is None:
            return None
        return load_yaml(model, text, project.place(path).file, problems, may_be_empty=may_be_empty)

    return read_with_time_limit(project, path, load, problems)


def load_yaml(
    model: type[Model], text: str, file: str, problems: Problems, *, may_be_empty: bool = False
) -> Loaded[Model] | None:
    """Load the text of a YAML file, as `load_yaml_file` does."""
    node = parse_mapping(text, file, problems, may_be_empty=may_be_empty)
    value = validate(model, node, problems) if node else None
    return Loaded(value, node) if node and value else None


def parse_mapping(
    text: str,
    file: str,
    problems: Problems,
    *,
    name: str = "",
    first_line: int = 1,
    may_be_empty: bool = False,
) -> Mapping | None:
    """Parse YAML that must be a mapping, starting at a line of its file; return None if it has errors.

    `name` is shown in messages, by default the name of the file.
    """
    own_problems = Problems()
    node = parse_yaml(text, file, own_problems, first_line=first_line)
    if node is None and may_be_empty and not own_problems.has_errors:
        return Mapping((), Place(file, 1))
    if not isinstance(node, Mapping) and not own_problems.has_errors:
        shown, expected = name or PurePath(file).name, "a group of fields, such as `name: value`"
        place = node.place if node else Place(file, 1)
        own_problems.add(WRONG_TYPE.at(place, name=shown, expected=expected, found=describe(plain(node))))
    problems.extend(own_problems)
    return node if isinstance(node, Mapping) else None
