"""Fields in texts, such as {{ practice.phone }}: their form, and the names that every practice has."""

import re
from typing import Final

FIELD: Final = re.compile(r"\{\{[ \t]*([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)[ \t]*\}\}")
"""A field as it is written; group 1 is its name."""

USUAL_FIELDS: Final = (
    *("practice.name", "practice.phone", "practice.website", "practice.address"),
    "practice.emergency.number",
)
PHONE_PREFIX: Final = "practice.phones."
"""Followed by the id of a phone number."""
OWN_PREFIX: Final = "practice.fields."
"""Followed by the name of a field that practices define themselves."""
