"""Take the screenshot of the front-desk page for the docs: `scripts/front_desk.py PICTURE`, from the repository."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.chromium import chromium
from support.front_desk import served


def main(picture: str) -> None:
    """Open the page of a handout, deselect some sections, and save a screenshot."""
    with served(Path.cwd(), practice="lakeside-spine-center") as page, chromium() as browser:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": "practice", "value": page.cookies["practice"], "url": page.address}])
        tab = context.new_page()
        tab.goto(f"{page.address}handouts/spinal-fracture")
        for number in (2, 4, 5):
            with tab.expect_response(lambda response: response.request.method == "POST"):
                tab.locator("[name=section]").nth(number).uncheck()
        tab.wait_for_load_state("networkidle")
        tab.mouse.move(0, 0)
        tab.screenshot(path=picture)


if __name__ == "__main__":
    main(sys.argv[1])
