"""E-mail, where a server for it is set."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Thread
from urllib.parse import unquote, urlsplit

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
PORT = 25
TLS_PORT = 465


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail of plain text."""

    to: str
    subject: str
    text: str


def send_soon(letter: Letter, *, smtp_url: str, sender: str) -> None:
    """Send a letter beside the request, so that its time tells nobody whether there is one."""
    Thread(target=_send_or_log, args=(letter, smtp_url, sender)).start()


def send(letter: Letter, *, smtp_url: str, sender: str) -> None:
    """Send a letter by a server at `smtp://user:password@host:port`, or `smtps://`.

    The line is encrypted where the server can do it, and always before a password is told.
    """
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = letter.to, sender, letter.subject
    message.set_content(letter.text)
    address = urlsplit(smtp_url)
    with _server(smtp_url) as server:
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)


def _send_or_log(letter: Letter, smtp_url: str, sender: str) -> None:
    try:
        send(letter, smtp_url=smtp_url, sender=sender)
    except (OSError, smtplib.SMTPException):
        log.exception("An e-mail could not be sent; see SMTP_URL and MAIL_FROM.")


def _server(smtp_url: str) -> smtplib.SMTP:
    address = urlsplit(smtp_url)
    host = address.hostname or "localhost"
    context = ssl.create_default_context()
    if address.scheme == "smtps":
        port = address.port or TLS_PORT
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, address.port or PORT, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if address.username or server.has_extn("starttls"):
        server.starttls(context=context)
    return server
