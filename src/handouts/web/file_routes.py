"""The routes of page images, web pages and fonts. Each is looked up by name or digest, never by a path."""

import re

from flask import Flask, Response, abort, make_response, send_file

from handouts.model.project import shipped
from handouts.web.desk import Desk
from handouts.web.security import WEB_PAGE_POLICY

_DIGEST = re.compile("[0-9a-f]{64}")
_CACHE_FOR_A_YEAR = "private, max-age=31536000, immutable"


def add_file_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""
    fonts = {path.name: path for path in (shipped() / "styles" / "fonts").glob("*.ttf")}

    @app.get("/pages/<digest>/<int:page>.webp")
    def page(digest: str, page: int) -> Response:
        return _make_image_response(
            desk.page_images.draw_page(digest, page - 1) if _DIGEST.fullmatch(digest) and page else None
        )

    @app.get("/web-pages/<digest>.html")
    def web_page(digest: str) -> Response:
        file = desk.prints.get_cached_file(digest) if _DIGEST.fullmatch(digest) else None
        if file is None or file.pages:
            abort(404)
        response = make_response(file.content)
        response.headers["Content-Security-Policy"] = WEB_PAGE_POLICY
        return response

    @app.get("/fonts/<name>")
    def font(name: str) -> Response:
        if name not in fonts:
            abort(404)
        response = send_file(fonts[name], mimetype="font/ttf")
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


def _make_image_response(image: bytes | None) -> Response:
    if image is None:
        abort(404)
    response = make_response(image)
    response.headers["Content-Type"] = "image/webp"
    # The address contains the digest of the sources, and no print for a patient has an address.
    response.headers["Cache-Control"] = _CACHE_FOR_A_YEAR
    return response
