"""Security: who may ask, for what, and what browsers may do with the answers.

Names: a page of a stranger can have its own name lead to this machine (DNS rebinding), so requests for other names than
those of this server are refused. Forgery: each request that changes or makes something has to come from a page of this
server, which browsers say of themselves (Sec-Fetch-Site, or else Origin). Unlike a secret in each form this needs no
session, and works on the first click. Addresses other than loopback are open to whoever was given the token.
"""

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, make_response, redirect, render_template, request

_SAFE = frozenset({"GET", "HEAD"})
_ENTERED = "entered"
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    # A print goes into a frame of the page, and so does the answer if it fails.
    "frame-ancestors": "'self'",
}
# A file is shown within the page, by the browser's own reader, and is given nothing else.
FILE_POLICY = "frame-ancestors 'self'"
WEB_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'; sandbox"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would send no Origin with forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Door:
    """By which names this server is asked for, and the secrets that open it: none on loopback."""

    names: frozenset[str]
    token: str | None = field(default=None, repr=False)
    # The cookie holds another secret than the address that was handed round.
    pass_: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)


def guard(app: Flask, door: Door) -> None:
    """Have an app look at each request before it does anything, and add what browsers are to keep to."""

    @app.before_request
    def look() -> Response | None:
        if _name(request.headers.get("Host", "")) not in door.names:
            abort(421)
        site = request.headers.get("Sec-Fetch-Site")
        # Addresses may be opened from elsewhere as pages, not be used as parts of other pages.
        is_page = (
            request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
        )
        if request.method in _SAFE:
            if site in {"cross-site", "same-site"} and not is_page:
                abort(403)
        elif not _is_own(request):
            abort(403)
        return _enter(door) if door.token else None

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        policy = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _name(host: str) -> str:
    """Give the name of a Host header without its port; "" if it is none."""
    try:
        parts = urlsplit(f"//{host}")
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    is_plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    return (parts.hostname or "") if is_plain and port_is_fine and "@" not in host else ""


def _is_own(asked: Request) -> bool:
    """Tell whether a request comes from a page of this server."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return asked.headers.get("Origin") == f"{asked.scheme}://{asked.host}"


def _enter(door: Door) -> Response | None:
    """Let in who has the cookie, or give it for the token; all others are told what they need."""
    if secrets.compare_digest(request.cookies.get(_ENTERED, "").encode(), door.pass_.encode()):
        return None
    given = request.args.get("token", "")
    if request.method == "GET" and door.token and secrets.compare_digest(given.encode(), door.token.encode()):
        # The address with the token does not stay in the history as the one of the page.
        response = make_response(redirect("/", 303))
        response.set_cookie(_ENTERED, door.pass_, httponly=True, samesite="Strict")
        return response
    if request.path.startswith("/static/") or request.path.startswith("/fonts/"):
        return None
    return make_response(render_template("said.html", title="This page is closed", code=401), 401)
