"""Names of people and browsers, as they are compared and shown."""

import re
import unicodedata

BROWSERS = (  # the first that is found: most browsers also name those they descend from
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
SHOWN_CHARACTERS = 40


def log_in_key(name: str) -> str:
    """Return what a log-in name is compared by: two that look alike to a person are the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def tidy(name: str) -> str:
    """Return a name without white space at its ends, its letters composed."""
    return unicodedata.normalize("NFC", name).strip()


def has_unprintable(name: str) -> bool:
    """Whether a name has characters that cannot be seen: control, format, unassigned."""
    return any(unicodedata.category(character).startswith("C") for character in name)


def is_address(text: str) -> bool:
    """Whether a text has the shape of an e-mail address."""
    return re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text) is not None


def browser_name(user_agent: str) -> str:
    """Return how people call a browser and its system, or the start of what it calls itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), None)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), None)
    if browser and system:
        return f"{browser} · {system}"
    return browser or system or user_agent[:SHOWN_CHARACTERS]
