"""`handouts schema`."""

import json

import click
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.schema.base import Schema


@click.command()
@click.argument("name", type=click.Choice(["settings", "practice", "front-matter", "references", "report", "manifest"]))
def schema(name: str) -> None:
    """Print the JSON Schema of a file: editors check and complete with it."""
    from handouts.manifest import Manifest  # noqa: PLC0415 - keeps `handouts --help` light
    from handouts.schema.front_matter import FrontMatter  # noqa: PLC0415 - likewise
    from handouts.schema.practice import PracticeFile  # noqa: PLC0415 - likewise
    from handouts.schema.reference import ReferenceFile  # noqa: PLC0415 - likewise
    from handouts.schema.report import BuildReport  # noqa: PLC0415 - likewise
    from handouts.schema.settings import Settings  # noqa: PLC0415 - likewise

    models: dict[str, type[Schema]] = {
        "settings": Settings,
        "practice": PracticeFile,
        "front-matter": FrontMatter,
        "references": ReferenceFile,
        "report": BuildReport,
        "manifest": Manifest,
    }
    click.echo(json.dumps(models[name].model_json_schema(by_alias=True), indent=2, ensure_ascii=False))
