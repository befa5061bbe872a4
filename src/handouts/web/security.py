"""Security: decides which requests are answered, and what browsers may do with the responses.

- DNS rebinding: another website can make its own host name lead to this computer, so requests for host names other than
  those of this server are rejected.
- Forged requests: a request that changes or makes something must come from a page of this server, which browsers state
  in Sec-Fetch-Site or Origin. Unlike a secret in each form, this needs no session and works from the first click.
- Other computers: an address other than loopback is open only to those who have the token.
- Record systems: their pages and programs may link and post to what only looks something up. Scripts of other websites
  get an answer only if they send the token, so no website can read what a clinic hands out.
- The editor, which writes files, is open only to those who have its own token, also on this computer.
"""

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, g, make_response, redirect, render_template, request

_SAFE_METHODS = frozenset({"GET", "HEAD"})
EDITOR_PATH = "/admin"
_ACCESS_COOKIE = "entered"
_LOOK_UPS = "/infobutton/"  # nothing below changes anything, so forms of other pages are answered
_LINKED_PAGES = ("/open", "/infobutton/application")  # opened in a browser by links of record systems
_BEARER = "Bearer "
_ADMIN_COOKIE = "editor"
_PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    # A print is loaded into a frame of the page, and so is the answer if making it fails.
    "frame-ancestors": "'self'",
}
# Of a file, which the browser's own viewer shows inside the page.
FILE_POLICY = "frame-ancestors 'self'"
WEB_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'; sandbox"
)
# Of a logo: a drawing is never more than a picture, also where it is opened as a page.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that, browsers send no Origin with forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Access:
    """The host names of this server, and the token that visitors need; None on loopback.

    With `takes_addresses`, any IP address is accepted as a host name: no other website can make one lead here.

    A cookie holds another secret than its token, because the address with the token is passed around. `admin_token` is
    that of the editor, which is off without it: also visitors of this computer need it there.
    """

    host_names: frozenset[str]
    token: str | None = field(default=None, repr=False)
    takes_addresses: bool = False
    cookie_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    admin_token: str | None = field(default=None, repr=False)
    admin_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)


def add_security(app: Flask, access: Access) -> None:
    """Check each request before anything else, and add the security headers to each response."""

    @app.before_request
    def check_request() -> Response | None:
        if not _is_own_host(_parse_host_name(request.headers.get("Host", "")), access):
            abort(421)
        is_look_up = request.path.startswith(_LOOK_UPS)
        g.may_edit = bool(access.admin_token) and _has_cookie(_ADMIN_COOKIE, access.admin_secret)
        g.has_sent_token = (is_look_up or request.path in _LINKED_PAGES) and _is_token_sent(access)
        if request.method not in _SAFE_METHODS and not is_look_up:
            if not _is_from_own_page(request):
                abort(403)
        elif is_from_other_site() and not _is_navigation(request) and not has_sent_token():
            abort(403)
        return _check_tokens(access)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        policy = "; ".join(f"{name} {value}" for name, value in _PAGE_POLICY.items())
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store")
        if has_sent_token():
            if request.path in _LINKED_PAGES:
                _set_cookie(response, access)
            else:
                response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


def has_sent_token() -> bool:
    """Return whether a look-up was sent with the token itself, rather than by a browser with the cookie."""
    return bool(g.get("has_sent_token"))


def may_edit() -> bool:
    """Return whether the request comes from somebody who has opened the editor with its token."""
    return bool(g.get("may_edit"))


def is_from_other_site() -> bool:
    """Return whether another website led to the request: a browser then sends none of the cookies of this page."""
    return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}


def _is_opened_again(path: str) -> bool:
    """Return whether links of other websites get a page that opens the same address again, from this site."""
    return path in _LINKED_PAGES or (path.startswith(_LOOK_UPS) and path.endswith(".pdf"))


def _parse_host_name(header: str) -> str:
    """Return the name in a Host header without its port; empty if the header is malformed."""
    try:
        parts = urlsplit(f"//{header}")
        is_port_valid = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    is_plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    return (parts.hostname or "") if is_plain and is_port_valid and "@" not in header else ""


def _is_own_host(name: str, access: Access) -> bool:
    if name in access.host_names:
        return True
    if not access.takes_addresses:
        return False
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_navigation(request: Request) -> bool:
    """Return whether a link opens an address as a page, rather than using it as a part of another page."""
    mode, destination = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    return mode == "navigate" and destination == "document"


def _is_from_own_page(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.host}"


def _check_tokens(access: Access) -> Response | None:
    """Return None for requests that need no token or have theirs, and the answer to all others."""
    if access.admin_token and _is_of_editor(request.path):
        return _check_admin_token(access, access.admin_token)
    return _check_token(access) if access.token and not has_sent_token() else None


def _check_token(access: Access) -> Response | None:
    """Return None for visitors with the cookie, set the cookie for the token, and answer 401 to all others."""
    if _has_cookie(_ACCESS_COOKIE, access.cookie_secret):
        return None
    if access.token and _has_token(access.token):
        # The redirect keeps the token out of the address of the page.
        response = make_response(redirect("/", 303))
        _set_cookie(response, access)
        return response
    if request.path.startswith(("/static/", "/fonts/")):  # needed by the answer itself
        return None
    if is_from_other_site() and _is_opened_again(request.path):
        return None
    return make_response(render_template("error.html", title="Use the whole address", code=401), 401)


def _is_token_sent(access: Access) -> bool:
    """Return whether the request has the token in its Authorization header, its address or its form."""
    if access.token is None:
        return False
    header = request.headers.get("Authorization", "")
    token = header.removeprefix(_BEARER) if header.startswith(_BEARER) else request.values.get("token", "")
    return secrets.compare_digest(token.encode(), access.token.encode())


def _set_cookie(response: Response, access: Access) -> None:
    response.set_cookie(_ACCESS_COOKIE, access.cookie_secret, httponly=True, samesite="Strict")


def _is_of_editor(path: str) -> bool:
    return path == EDITOR_PATH or path.startswith(f"{EDITOR_PATH}/")


def _check_admin_token(access: Access, token: str) -> Response | None:
    """Return None for visitors with the cookie of the editor, set it for its token, and answer 401 to all others."""
    if may_edit():
        return None
    if not _has_token(token):
        return make_response(render_template("error.html", title="Use the whole address of the editor", code=401), 401)
    response = make_response(redirect(EDITOR_PATH, 303))
    # Sent to the front desk too, which then offers to keep packs.
    response.set_cookie(_ADMIN_COOKIE, access.admin_secret, httponly=True, samesite="Strict")
    if access.token:  # its pages use files of the front desk
        response.set_cookie(_ACCESS_COOKIE, access.cookie_secret, httponly=True, samesite="Strict")
    return response


def _has_cookie(name: str, secret: str) -> bool:
    return secrets.compare_digest(request.cookies.get(name, "").encode(), secret.encode())


def _has_token(token: str) -> bool:
    return request.method == "GET" and secrets.compare_digest(request.args.get("token", "").encode(), token.encode())
