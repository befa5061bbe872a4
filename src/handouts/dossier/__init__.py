"""The dossier of a handout, for those who answer for what patients get."""
