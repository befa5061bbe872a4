"""Schemas of YAML and JSON files: pydantic models that validate them and publish their JSON Schema."""
