"""`handouts schema`."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from handouts.schema.base import Schema


@click.command()
@click.argument(
    "name", type=click.Choice(["settings", "practice", "front-matter", "references", "report", "check", "manifest"])
)
def schema(name: str) -> None:
    """Print the JSON Schema of a file: editors check and complete with it."""
    from handouts.manifest import Manifest
    from handouts.schema.check_report import CheckReport
    from handouts.schema.front_matter import FrontMatter
    from handouts.schema.practice import PracticeFile
    from handouts.schema.reference import ReferenceFile
    from handouts.schema.report import BuildReport
    from handouts.schema.settings import Settings

    models: dict[str, type[Schema]] = {
        "settings": Settings,
        "practice": PracticeFile,
        "front-matter": FrontMatter,
        "references": ReferenceFile,
        "report": BuildReport,
        "check": CheckReport,
        "manifest": Manifest,
    }
    click.echo(json.dumps(models[name].model_json_schema(by_alias=True), indent=2, ensure_ascii=False))
