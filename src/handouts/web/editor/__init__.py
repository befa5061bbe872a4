"""The editor of practices and packs: pages for whoever looks after the project, behind a token of their own."""
