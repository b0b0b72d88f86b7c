"""Headers of every answer: what a page may load, and how long it may be kept."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
YEAR_SECONDS = 365 * 86_400


def add_headers(response: Response) -> Response:
    """Add what every answer carries."""
    for name, text in FIXED.items():
        response.headers.setdefault(name, text)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    if request.endpoint == "static" and "v" in request.args:
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    return response


def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Give addresses of static files a fingerprint of their content, so they can be kept long."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _fingerprint(values["filename"])


def _fingerprint(filename: str) -> str:
    known: dict[str, str] = current_app.extensions["fingerprints"]
    if filename not in known or current_app.debug:
        file = Path(current_app.static_folder or "") / filename
        known[filename] = sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "0"
    return known[filename]


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the app."""
    app.extensions["fingerprints"] = {}
    app.after_request(add_headers)
    app.url_defaults(add_fingerprint)
