"""What can go wrong: problems with places, the rules they come from, and exceptions."""
