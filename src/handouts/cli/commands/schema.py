"""`handouts schema`."""

import json
from typing import TYPE_CHECKING

import click

from handouts.cli.options.values import SuggestingChoice

if TYPE_CHECKING:
    from pydantic import BaseModel

_NAMES = [
    *("settings", "practice", "front-matter", "references", "approvals"),
    *("published", "site-index", "practice-index"),
    *("report", "events", "plan", "check", "verification", "manifest", "dossier"),
    "template-values",
]


@click.command()
@click.argument("name", type=SuggestingChoice(_NAMES))
def schema(name: str) -> None:
    """Print the JSON Schema of a file or a result, for editors and scripts.

    settings, practice, front-matter, references and approvals are files of a project. template-values is what a
    template gets. Commands write the others.
    """
    from handouts.build.manifest.manifest import Manifest
    from handouts.schema.approvals import ApprovalFile
    from handouts.schema.check_report import CheckReport
    from handouts.schema.dossier import Dossier
    from handouts.schema.events import BuildEvent
    from handouts.schema.front_matter import FrontMatter
    from handouts.schema.plan import PlanReport
    from handouts.schema.practice import PracticeFile
    from handouts.schema.published import PracticeIndex, SiteIndex, SiteRecord
    from handouts.schema.reference import ReferenceFile
    from handouts.schema.report import BuildReport
    from handouts.schema.settings import Settings
    from handouts.schema.template_values import TemplateValues
    from handouts.schema.verification import VerificationReport

    models: dict[str, type[BaseModel]] = {
        "settings": Settings,
        "practice": PracticeFile,
        "front-matter": FrontMatter,
        "references": ReferenceFile,
        "approvals": ApprovalFile,
        "report": BuildReport,
        "events": BuildEvent,
        "plan": PlanReport,
        "check": CheckReport,
        "verification": VerificationReport,
        "manifest": Manifest,
        "dossier": Dossier,
        "published": SiteRecord,
        "site-index": SiteIndex,
        "practice-index": PracticeIndex,
        "template-values": TemplateValues,
    }
    click.echo(json.dumps(models[name].model_json_schema(by_alias=True), indent=2, ensure_ascii=False))
