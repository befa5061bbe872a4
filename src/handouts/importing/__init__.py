"""References and documents from elsewhere, into a project."""
