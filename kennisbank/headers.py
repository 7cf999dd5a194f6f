"""The headers with which every answer tells a browser what it may not do: those of the site and of its server alike."""

REFERRER_POLICY = "strict-origin-when-cross-origin"
OPENER_POLICY = "same-origin"
NO_FRAME = {"X-Frame-Options": "DENY"}
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
    ),
}
