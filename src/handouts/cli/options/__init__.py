"""Options that several commands share, their types, and their completion in a shell."""
