"""HL7 Infobutton: requests of record systems, the handouts that match them, and feeds as answers."""
