"""The editor of practices and packs: pages for those who maintain the project, behind a token of their own."""
