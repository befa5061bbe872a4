"""What reviewers and staff read of a handout: documents to comment on, and what changed between two versions."""
