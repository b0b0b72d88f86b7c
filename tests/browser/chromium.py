"""Finds the browser of the journeys; run as a program it says what is missing."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium or Chrome, which is not on the PATH. Install it, on "
    "Debian or Ubuntu with: apt-get install chromium. Or name it: make test CHROMIUM=/path/to/it"
)


def chromium_path() -> str | None:
    """Return where Chromium or Chrome is: what CHROMIUM names, else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else NAMES))
    return next((path for path in found if path), None)


if __name__ == "__main__" and chromium_path() is None:
    sys.exit(MISSING)
