"""Signs handouts and the texts of practices: writes approvals.yaml."""
