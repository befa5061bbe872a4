"""Problems with places, the rules they come from, and exceptions."""
