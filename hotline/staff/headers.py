"""The headers of every answer: nothing is loaded from elsewhere, framed, kept, indexed or told to other sites."""

from __future__ import annotations

from flask import Flask, Response

from hotline.staff.desk import StaffDesk

_SELF = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "media-src")
POLICY = "; ".join(
    ("default-src 'none'", *(f"{what} 'self'" for what in _SELF), "base-uri 'none'", "frame-ancestors 'none'")
)
# A feature that is not named may be used: so each is named, and refused.
_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
STRICT = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
}
HSTS = "max-age=31536000; includeSubDomains"
FORGET = '"cache", "cookies", "storage"'  # Clear-Site-Data at log-out


def set_headers(app: Flask, desk: StaffDesk) -> None:
    """Every answer of the app gets them, errors and files included."""

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers.update(STRICT)
        response.headers.pop("Last-Modified", None)
        if desk.https:
            response.headers["Strict-Transport-Security"] = HSTS
        return response
