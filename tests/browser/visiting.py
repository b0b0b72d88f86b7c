"""Windows of a browser, and what may go wrong in any of them."""

from collections.abc import Collection
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

from tests.browser.serving import Server

PHONE = (360, 780)
NARROW = (320, 640)
DESKTOP = (1280, 900)
PATIENCE_MS = 15_000  # before a step counts as failed; nothing waits for it otherwise


class Visitors:
    """Opens windows at a server, and keeps what their consoles say and whom they ask."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser = browser
        self._server = server
        self._contexts: list[BrowserContext] = []
        self._expected: set[str] = set()
        self._troubles: list[str] = []

    def page(
        self,
        user_id: int | None = None,
        *,
        size: tuple[int, int] = DESKTOP,
        java_script: bool = True,
        color_scheme: Literal["light", "dark"] = "light",
        expecting: Collection[str] = (),
    ) -> Page:
        """Open an empty window, with nobody logged in unless told.

        `expecting` are parts of messages that the journey brings about itself.
        """
        self._expected.update(expecting)
        width, height = size
        context = self._browser.new_context(
            base_url=self._server.address,
            viewport={"width": width, "height": height},
            java_script_enabled=java_script,
            color_scheme=color_scheme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)
        if user_id is not None:
            context.add_cookies([self._server.cookie_of(user_id)])
        return context.new_page()

    def close(self) -> None:
        """Close all windows; raises where one was not as quiet as it should be."""
        for context in self._contexts:
            context.close()
        unexpected = [
            trouble
            for trouble in self._troubles
            if not any(phrase in trouble for phrase in self._expected)
        ]
        assert not unexpected, "\n".join(unexpected)

    def _note_message(self, message: ConsoleMessage) -> None:
        """Keep errors; a breach of the Content-Security-Policy is one."""
        if message.type == "error":
            self._troubles.append(f"{message.text} ({message.location['url']})")

    def _note_error(self, error: WebError) -> None:
        self._troubles.append(f"uncaught: {error.error}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self._server.address + "/", "data:")):
            self._troubles.append(f"asked another host: {request.url}")
