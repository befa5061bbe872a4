"""Files: the routes of pictures, web pages and fonts, each by a name that is looked up and never by a path."""

import re

from flask import Flask, Response, abort, make_response, send_file

from handouts.model.project import shipped
from handouts.web.catalog_routes import library_of
from handouts.web.desk import Desk
from handouts.web.page_pictures import THUMBNAIL
from handouts.web.print_choice import Choice, NotChosenError, chosen_handout
from handouts.web.security import WEB_PAGE_POLICY

_DIGEST = re.compile("[0-9a-f]{64}")
_FOR_A_YEAR = "private, max-age=31536000, immutable"


def add_files(app: Flask, desk: Desk) -> None:
    """Add the routes."""
    fonts = {path.name: path for path in (shipped() / "styles" / "fonts").glob("*.ttf")}

    @app.get("/pages/<digest>/<int:page>.webp")
    def page(digest: str, page: int) -> Response:
        drawn = desk.pictures.page(digest, page - 1) if _DIGEST.fullmatch(digest) and page else None
        return _picture(drawn)

    @app.get("/thumbnails/<practice>/<name>/<language>.webp")
    def thumbnail(practice: str, name: str, language: str) -> Response:
        stock = desk.shelf.stock
        library = library_of(stock)
        if practice not in library.practices:
            raise NotChosenError
        handout = chosen_handout(library, name, language)
        one = desk.prints.find(stock, Choice(practice, handout.id, handout.language), object())
        response = _picture(desk.pictures.page(one.digest, 0, THUMBNAIL) if one.ok else None)
        response.headers["Cache-Control"] = "no-store"  # the address stays when files change
        return response

    @app.get("/web-pages/<digest>.html")
    def web_page(digest: str) -> Response:
        made = desk.prints.file(digest) if _DIGEST.fullmatch(digest) else None
        if made is None or made.pages:
            abort(404)
        response = make_response(made.content)
        response.headers["Content-Security-Policy"] = WEB_PAGE_POLICY
        return response

    @app.get("/fonts/<name>")
    def font(name: str) -> Response:
        if name not in fonts:
            abort(404)
        response = send_file(fonts[name], mimetype="font/ttf")
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


def _picture(drawn: bytes | None) -> Response:
    if drawn is None:
        abort(404)
    response = make_response(drawn)
    response.headers["Content-Type"] = "image/webp"
    # The address names what the picture is made from, and no such picture names a patient.
    response.headers["Cache-Control"] = _FOR_A_YEAR
    return response
