"""Trims the JSON Schema of FHIR R4 to bundles of the resources that `handouts` writes, for its tests.

    python scripts/trim_fhir_schema.py fhir.schema.json > tests/data/schemas/fhir-r4.schema.json

The schema is fhir.schema.json of https://hl7.org/fhir/R4/fhir.schema.json.zip.
"""

import json
import sys
from pathlib import Path
from typing import Any

_RESOURCES = ("Procedure", "DocumentReference")


def trim(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a Bundle with the definitions that it needs, without descriptions."""
    definitions = {
        **schema["definitions"],
        "ResourceList": {"oneOf": [{"$ref": f"#/definitions/{name}"} for name in _RESOURCES]},
    }
    needed: dict[str, Any] = {}
    waiting = ["Bundle"]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = _leave_out_descriptions(definitions[name])
            waiting += _find_references(needed[name])
    return {
        "$schema": schema["$schema"],
        "id": schema["id"],
        "$ref": "#/definitions/Bundle",
        "definitions": dict(sorted(needed.items())),
    }


def _leave_out_descriptions(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {
            name: _leave_out_descriptions(one)
            for name, one in value.items()
            # A property may be called so as well: then it is an object.
            if name != "description" or isinstance(one, dict)
        }
    return [_leave_out_descriptions(one) for one in value] if isinstance(value, list) else value


def _find_references(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        own = [value["$ref"].removeprefix("#/definitions/")] if isinstance(value.get("$ref"), str) else []
        return own + [name for one in value.values() for name in _find_references(one)]
    return [name for one in value for name in _find_references(one)] if isinstance(value, list) else []


if __name__ == "__main__":
    trimmed = trim(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps(trimmed, indent=1) + "\n")
