"""What one would call a browser (「Windows の Edge」), from what it says of itself; no more than its own list needs."""

from __future__ import annotations

UNKNOWN_DEVICE = "わからない端末"

# The first word found decides: browsers name their forebears too (Edge says Chrome, Chrome says Safari).
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Trident/", "Internet Explorer"),
    ("Safari/", "Safari"),
)


def device_words(user_agent: str) -> str:
    """System and browser in words of our own: nothing that a browser sends is kept or shown."""
    system = next((words for sign, words in SYSTEMS if sign in user_agent), "")
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "")
    return " の ".join(word for word in (system, browser) if word) or UNKNOWN_DEVICE
