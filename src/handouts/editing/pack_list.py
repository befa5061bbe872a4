"""The packs of handouts.yaml as they are edited: read as they are written, changed, and named."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

from handouts.editing.save import Edit, digest_file, read_file
from handouts.editing.yaml_fields import Data, change_file
from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.collector import Problems
from handouts.read.packs import OF_ONE_PATIENT
from handouts.read.yaml.load import parse_mapping
from handouts.read.yaml.nodes import plain

PACKS: Final = "packs"
"""The field of the settings, and the name of its versions."""
_LONGEST_ID: Final = 40

Packs: TypeAlias = dict[str, Data]


@dataclass(frozen=True, slots=True)
class PackList:
    """The packs as they are written, and the content of their file; none if it cannot be parsed."""

    packs: Packs
    content: bytes

    @property
    def digest(self) -> str:
        """A text that differs when the file has changed."""
        return digest_file(self.content)


def read_pack_list(project: Project) -> PackList:
    """Read the packs of a project. Raises OutsideProjectError and OSError."""
    content = read_file(project, SETTINGS_FILE) or b""
    text = content.decode("utf-8-sig", errors="replace")
    node = parse_mapping(text, SETTINGS_FILE, Problems(), may_be_empty=True)
    packs = plain(node.get(PACKS)) if node else None
    return PackList(packs if isinstance(packs, dict) else {}, content)


def change_packs(listed: PackList, packs: Packs, base: str) -> Edit:
    """Return the change to other packs; `base` is the digest of the file when it was begun. Raises NotEditableError."""
    return Edit(PACKS, base, {SETTINGS_FILE: change_file(listed.content, {PACKS: packs or None})})


def make_pack_id(title: str, taken: Collection[str]) -> str:
    """Return an id for a new pack that is not taken: its title in plain letters."""
    plain_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain_title).strip("-")[:_LONGEST_ID].strip("-") or OF_ONE_PATIENT
    names = (start, *(f"{start}-{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in {*taken, OF_ONE_PATIENT})
