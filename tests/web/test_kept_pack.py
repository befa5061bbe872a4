"""A pack that is kept at the front desk is for the patients that it was put together for."""

import datetime as dt
import json
import re
import secrets
from html import unescape
from pathlib import Path

from handouts.build.layout_workers import start_layout_workers
from handouts.model.project import Project
from handouts.web.app import create_app
from handouts.web.desk import open_desk
from handouts.web.security import Access
from support.projects import HANDOUT, SETTINGS, small_project

OWN = {"Origin": "http://localhost"}
TOKEN = secrets.token_urlsafe()
KNEE = "content/handouts/knee/en.md"


def test_a_pack_that_is_kept_leaves_out_texts_for_other_patients(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    text = project.text(HANDOUT)
    project.write(HANDOUT, f"{text}\n- Lift your child. {{audience=parents}}\n- Stay in bed. {{audience=children}}\n")
    project.write(KNEE, text.replace("HO-1", "HO-2"))
    executor = start_layout_workers(1, 60)
    reported: list[str] = []
    desk = open_desk(Project(project.root), executor, lambda: dt.date(2026, 11, 1), reported.append, 8)
    try:
        client = create_app(desk, Access(frozenset({"localhost"}), admin_token=TOKEN)).test_client()
        assert client.get(f"/admin?token={TOKEN}", follow_redirects=True).status_code == 200
        client.set_cookie("practice", "clinic")
        form = {"practice": "clinic", "item": ["back?audience=parents", "knee"], "title": "At home", "offer": "all"}
        assert client.post("/admin/packs/keep", data=form, headers=OWN).status_code == 200
        assert project.text(SETTINGS).endswith(
            "packs:\n  at-home:\n    title: At home\n    audience: parents\n"
            "    handouts:\n      - handout: back\n      - handout: knee\n"
        )
        (offered,) = re.findall(r'data-items="([^"]*)"', client.get("/?drafts=1").text)
        items = [f"{item['handout']}?{item['query']}" for item in json.loads(unescape(offered))]
        order = {"practice": "clinic", "format": "text", "agreed": ["back", "knee"], "item": items, "pack": "at-home"}
        made = client.post("/pack/download", data=order, headers=OWN)
        assert (made.status_code, made.text.count("Lift your child."), made.text.count("Stay in bed.")) == (200, 1, 0)
        # Whoever takes the pack and then chooses everyone gets all texts.
        made = client.post("/pack/download", data={**order, "item": ["back", "knee"]}, headers=OWN)
        assert (made.status_code, made.text.count("Lift your child."), made.text.count("Stay in bed.")) == (200, 1, 1)
        # The editor of packs keeps the audience.
        form = {"pack": "at-home", "at-home.title": "At home", "at-home.0.handout": "back"}
        page = client.get("/admin/packs").text
        (base,) = set(re.findall(r'name="base" value="([^"]*)"', page))
        assert client.post("/admin/packs", data={**form, "base": base}, headers=OWN).status_code == 303
        assert "audience: parents" in project.text(SETTINGS)
    finally:
        desk.close()
