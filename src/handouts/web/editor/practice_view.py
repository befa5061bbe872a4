"""The page of a practice in the editor: its fields as inputs, the preview, and the versions that can be put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import render_template, request

from handouts.editing.practice_file import EDITABLE, LOGOS, PracticeFile
from handouts.editing.versions import Version, list_versions
from handouts.editing.yaml_fields import Data
from handouts.web.desk import Desk
from handouts.web.editor.form import Row, make_rows
from handouts.web.editor.messages import Message, describe_saved, list_sentences, write_value
from handouts.web.editor.preview import DraftPreview, describe_colors
from handouts.web.print_choice import require_library

_EMPTY: Final[Mapping[str, Data]] = {
    "name": "",
    "address": [""],
    "website": "",
    "phones": [{"label": "", "number": ""}],
    "emergency": {"number": "", "text": ""},
    "hours": [{"days": "", "hours": ""}],
    "when_to_call": [""],
    "notes": [""],
    "colors": {"brand": "#0b5a6f", "accent": "#a8381f"},
}
_TITLES: Final = {
    "name": "Name",
    "address": "Address",
    "website": "Website",
    "phones": "Phone numbers",
    "emergency": "In an emergency",
    "hours": "Opening hours",
    "when_to_call": "When to call us",
    "notes": "Notes for patients",
    "colors": "Colors",
    "logo": "Logo",
    "logo_black": "Logo in black",
}
_HINTS: Final = {
    "hours": "Write mon-fri 08:00-17:00 or sat,sun closed: it is printed in the language of the handout.",
    "notes": "Staff at the front desk pick one, change it and print it.",
    "address": "One line in each box, as on an envelope.",
    "phones": "Empty both boxes of a number to remove it.",
}


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A field of the form; `inherited_from` names the practice whose values it shows, `added` the texts of that one."""

    name: str
    title: str
    hint: str
    rows: tuple[Row, ...]
    inherited_from: str = ""
    added: tuple[str, ...] = ()


def name_versions(practice: str) -> str:
    """Return the name of the versions of a practice."""
    return f"practice-{practice}"


def render_practice_page(
    desk: Desk,
    practice: PracticeFile,
    values: Mapping[str, Data] | None = None,
    message: Message | None = None,
    preview: DraftPreview | None = None,
) -> str:
    """Return the form, with what was submitted if it was not saved; a field that differs from the file says so."""
    library = require_library(desk.live_library.snapshot)
    if message is None and request.args.get("saved"):
        message = describe_saved(())
    submitted = values or {}
    shown = {field: submitted.get(field, practice.get(field)) for field in EDITABLE}
    base_name = str(practice.inherited.get("name") or practice.extends or "")
    groups = []
    for field in EDITABLE:
        is_inherited = practice.own.get(field) is None and field in practice.inherited
        added = practice.inherited.get(field) if field == "notes" else None
        groups.append(
            FieldGroup(
                field,
                _TITLES[field],
                _HINTS.get(field, ""),
                make_rows(field, shown[field], _EMPTY[field]),
                base_name if is_inherited or added else "",
                tuple(map(str, added)) if isinstance(added, list) else (),
            )
        )
    is_conflict = message is not None and message.is_conflict
    changed = [
        (_TITLES[field], write_value(practice.get(field)))
        for field in EDITABLE
        if is_conflict and submitted.get(field, practice.get(field)) != practice.get(field)
    ]
    live = library.practices.get(practice.id)
    return render_template(
        "editor-practice.html",
        practice_file=practice,
        title=_find_title(practice),
        groups=groups,
        changed=changed,
        message=message,
        has_logo=live is not None,
        logos=[(field, _TITLES[field], practice.get(field)) for field in LOGOS],
        versions=_describe_versions(desk, practice),
        handouts=sorted(
            {(one.front.title, one.id) for one in library.handouts if one.language == library.settings.language}
        ),
        **list_preview_values(desk, practice, shown, preview),
    )


def _find_title(practice: PracticeFile) -> str:
    """Return the name of a practice as it is in the file now, in the first language that it has."""
    name = practice.get("name")
    if isinstance(name, dict):
        name = next(iter(name.values()), None)
    return str(name or practice.id)


def list_preview_values(
    desk: Desk, practice: PracticeFile, values: Mapping[str, Data], preview: DraftPreview | None
) -> dict[str, object]:
    """Return the values of the preview: pages or problems, and the contrast of the colors."""
    colors = values.get("colors")
    texts = {name: str(color) for name, color in colors.items()} if isinstance(colors, dict) else {}
    return {
        "preview": preview,
        "problems": list_sentences(preview.problems if preview else (), practice.file),
        "colors": describe_colors(texts, require_library(desk.live_library.snapshot).settings),
        "chosen": request.form.get("preview", ""),
    }


def _describe_versions(desk: Desk, practice: PracticeFile) -> list[tuple[Version, bool]]:
    """Return the versions, and whether the file was changed by hand after the last change here."""
    versions = list_versions(desk.project, name_versions(practice.id))
    return [(one, at == 0 and one.after.get(practice.file) != practice.content) for at, one in enumerate(versions)]
