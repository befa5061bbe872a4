"""A reference as the AMA Manual of Style (11th ed.) prints it."""
