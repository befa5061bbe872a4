"""What may be written in each YAML file of a project: the models that check it and publish its JSON Schema."""
