"""A letter in, an e-mail by the office's server out; its Message-ID is made of its key, the same at each try."""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from ..addresses import looked_up
from ..faults import Failed
from ..sealing import Secrets
from ..targets import mail_address
from ..transport import end
from .post import Post

# Seconds for a whole e-mail: servers that look up senders and scan for viruses before they say yes take some.
SECONDS = 30.0


class _CutOff:
    """A connection of SMTP that is ended after SECONDS, wherever it is."""

    sock: socket.socket | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._timer = threading.Timer(SECONDS, self._end)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().__init__(*args, **kwargs)
        except BaseException:
            self._timer.cancel()
            raise

    def close(self) -> None:
        """End it, and nothing waits for it any more."""
        self._timer.cancel()
        super().close()  # type: ignore[misc]

    def _end(self) -> None:
        if self.sock is not None:
            end(self.sock)


class Plain(_CutOff, smtplib.SMTP):
    """SMTP, with STARTTLS where the settings say so."""


class Secure(_CutOff, smtplib.SMTP_SSL):
    """SMTP in TLS from the beginning."""


class Backend(EmailBackend):
    """Django's own, whose connections end in time."""

    @property
    def connection_class(self) -> Any:
        """Which of the two."""
        return Secure if self.use_ssl else Plain


def send(secrets: Secrets, letter: Post) -> None:
    """Send it. Raises Refused, Failed."""
    to = mail_address(secrets.target, settings.LUOSHI_MAIL_DOMAINS)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "luoshi.invalid"
    headers = {"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"}
    # smtplib looks up again and without a limit; what was answered a moment ago is answered again.
    looked_up(settings.EMAIL_HOST, settings.EMAIL_PORT, SECONDS)
    backend, began = Backend(timeout=SECONDS), time.monotonic()
    message = EmailMessage(letter.subject, letter.text, None, [to], headers=headers, connection=backend)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise _judged(max(code for code, _ in refused.recipients.values())) from None
    except smtplib.SMTPResponseException as refused:
        raise _judged(refused.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise Failed("timeout" if time.monotonic() - began >= SECONDS else "unreachable") from None


def _judged(code: int) -> Failed:
    """By the first digit (RFC 5321, 4.2.1): 5 is for good, but of the office's own password, which may be mended."""
    if code in (530, 534, 535, 538):
        return Failed("server")
    return Failed("said_no", lasting=True) if 500 <= code < 600 else Failed("busy")
