"""Puts fields such as {{ practice.phone }} in place of what is true of one practice: its name, phones and address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from handouts.importing.blocks import Block
from handouts.language.escaping import escape_markdown
from handouts.model.field_values import list_field_values
from handouts.schema.practice import PracticeProfile

_KINDS: Final = ("practice.name", "practice.phone", "practice.website", "practice.address")
_SHORTEST: Final = 6  # characters: shorter ones, such as 911, are found in other numbers too
_EMERGENCY: Final = "practice.emergency.number"
_SEPARATORS: Final = r"[\s().-]{0,3}"


def fill_in_fields(
    blocks: Sequence[Block], profiles: Iterable[PracticeProfile], report: list[str]
) -> tuple[Block, ...]:
    """Return the blocks with fields for the values of the practices of a project; each is reported."""
    filled = tuple(blocks)
    for profile in profiles:
        for name, value in list_field_values(profile).items():
            if name.startswith(_KINDS) and len(value) >= _SHORTEST:
                filled = tuple(_fill(block, name, _make_pattern(value), report) for block in filled)
            elif name == _EMERGENCY:
                # Only where it is a number to call.
                pattern = re.compile(rf"(?i:(?<=\bcall )|(?<=\bdial )){re.escape(value)}(?!\w)")
                filled = tuple(_fill(block, name, pattern, report) for block in filled)
    return filled


def _fill(block: Block, name: str, pattern: re.Pattern[str], report: list[str]) -> Block:
    if block.kind in {"heading", "picture", "figure"}:
        return block
    report.extend(f'{block.where}: "{found[0]}" is now the field {name}' for found in pattern.finditer(block.text))
    return replace(block, text=pattern.sub(f"{{{{ {name} }}}}", block.text))


def _make_pattern(value: str) -> re.Pattern[str]:
    """Return a pattern of a value in Markdown; of a phone number whatever stands between its digits."""
    digits = re.findall(r"\d", value)
    is_phone = len(digits) >= _SHORTEST and re.fullmatch(r"[\d\s().+/-]+", value)
    # The lines of an address may be one line, with or without commas.
    words = r"[\s,]+".join(re.escape(word.rstrip(",")) for word in escape_markdown(value).split())
    return re.compile(rf"(?<![\w(])\(?{_SEPARATORS.join(digits)}(?!\w)" if is_phone else rf"(?<![\w/]){words}(?![\w/])")
