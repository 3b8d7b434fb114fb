"""Handing mail to a relay, split at the point of no return: DATA, 354, and only then the text.

Python's own client does the talking; its `sendmail` would do both halves in one call. To a server that allows it the
three commands before the text go in one piece: nothing is owed before it answers 354, however they were said.
"""

import re
import smtplib
import ssl
from typing import NamedTuple

from django.conf import settings

from advocacy.outbox.models.attempt import Phase
from advocacy.outbox.transports.interface import Answer, Distrusted, NobodyKnows, NotOffered, Parcel

# Relays close long connections; a new one now and then surprises nobody.
_MESSAGES_ON_A_CONNECTION = 500
_DOT_AT_LINE_START = re.compile(rb"(?m)^\.")
_GO_ON = 354
_CLOSING = 421
_NO_SUCH_ADDRESS = 553


class Relay(NamedTuple):
    """Where the mail server is, and how to speak to it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @classmethod
    def from_settings(cls) -> "Relay":
        return cls(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            settings.EMAIL_HOST_USER,
            settings.EMAIL_HOST_PASSWORD,
            settings.EMAIL_USE_TLS,
            settings.EMAIL_USE_SSL,
        )

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


class SmtpTransport:
    """One connection to the relay, opened with the first message and again when it was lost."""

    def __init__(self, relay: Relay) -> None:
        self.relay, self.carrier = relay, relay.name
        self._server: smtplib.SMTP | None = None
        self._used = 0

    def offer(self, parcel: Parcel) -> None:
        may_be_stale = self._server is not None
        try:
            self._offer(parcel)
        except NotOffered as no:
            # A server that ends a connection after so many messages, or so long, says nothing about this message.
            if not (may_be_stale and no.phase == Phase.MAIL and no.code in (_CLOSING, None)):
                raise
            self._offer(parcel)

    def _offer(self, parcel: Parcel) -> None:
        commands = [
            (Phase.MAIL, f"MAIL FROM:<{parcel.sender}>"),
            (Phase.RCPT, f"RCPT TO:<{parcel.recipient}>"),
            (Phase.DATA, "DATA"),
        ]
        phase = Phase.CONNECT
        try:
            server = self._connected()
            phase, is_ahead = Phase.MAIL, server.has_extn("pipelining")
            if is_ahead:
                server.send(_in_one([command for _phase, command in commands]))
            for number, (phase, command) in enumerate(commands, start=1):
                code, words = server.getreply() if is_ahead else server.docmd(command)
                if not (code == _GO_ON if phase == Phase.DATA else code // 100 == 2):
                    self._refused(code, unread=len(commands) - number if is_ahead else 0)
                    raise NotOffered(phase, code, _text(words))
        except (ssl.SSLCertVerificationError, smtplib.SMTPNotSupportedError) as trouble:
            self.close()
            raise Distrusted(phase, None, _text(trouble)) from trouble
        except smtplib.SMTPResponseException as refusal:
            self.close()
            is_denied = isinstance(refusal, smtplib.SMTPAuthenticationError) and refusal.smtp_code >= 500
            what = Distrusted if is_denied else NotOffered
            raise what(phase, refusal.smtp_code, _text(refusal.smtp_error)) from refusal
        except UnicodeError as trouble:
            # Nothing was said to the server: only an address of plain letters can be.
            self.close()
            raise NotOffered(phase, _NO_SUCH_ADDRESS, _text(trouble)) from trouble
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise NotOffered(phase, None, _text(trouble)) from trouble

    def hand_over(self, parcel: Parcel) -> Answer:
        server = self._server
        if server is None or server.sock is None:
            raise NobodyKnows(Phase.BODY, "The connection is gone.")
        phase = Phase.BODY
        try:
            server.send(_quoted(parcel.content))
            phase = Phase.REPLY
            server.sock.settimeout(settings.MAIL_SECONDS_FOR_THE_LAST_ANSWER)
            code, words = server.getreply()
            server.sock.settimeout(settings.MAIL_SECONDS_FOR_A_COMMAND)
        except (OSError, smtplib.SMTPException) as trouble:
            self.close()
            raise NobodyKnows(phase, _text(trouble)) from trouble
        if not 200 <= code <= 599:
            self.close()
            raise NobodyKnows(phase, _text(words))
        self._used += 1
        self._leave(code)
        return Answer(code, _text(words))

    def take_back(self) -> None:
        """After 354 there is no way back but to hang up; the server drops an unfinished transaction."""
        self.close()

    def close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and self._used < _MESSAGES_ON_A_CONNECTION:
            return self._server
        self.close()
        relay = self.relay
        safe = ssl.create_default_context()
        # The name is given here, not when connecting: the certificate is compared with it.
        seconds = settings.MAIL_SECONDS_TO_CONNECT
        if relay.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=seconds, context=safe)
        else:
            server = smtplib.SMTP(relay.host, relay.port, timeout=seconds)
        self._server, self._used = server, 0
        assert server.sock is not None  # noqa: S101 (connected a line above)
        server.sock.settimeout(settings.MAIL_SECONDS_FOR_A_COMMAND)
        server.ehlo_or_helo_if_needed()
        if relay.starttls:
            # Raises where the server does not offer it: mail never falls back to plain text.
            server.starttls(context=safe)
            server.ehlo()
        if relay.user:
            server.login(relay.user, relay.password)
        return server

    def _refused(self, code: int, *, unread: int) -> None:
        """Hear what the server says to the commands it has already; one that waits for a text then gets none."""
        last = code
        try:
            while unread and code != _CLOSING and self._server is not None:
                last, unread = self._server.getreply()[0], unread - 1
        except (OSError, smtplib.SMTPException):
            last = _CLOSING
        self._leave(_CLOSING if last == _GO_ON else last)

    def _leave(self, code: int) -> None:
        """After an answer the connection is ready for the next message, unless the server is closing it."""
        if code == _CLOSING or self._server is None:
            self.close()
        elif code // 100 in (4, 5):
            try:
                self._server.rset()
            except (OSError, smtplib.SMTPException):
                self.close()


def _in_one(commands: list[str]) -> str:
    """Said without waiting for the answers between (RFC 2920)."""
    if any(sign in command for command in commands for sign in "\r\n"):
        raise ValueError("A command goes over one line.")
    return "".join(f"{command}\r\n" for command in commands)


def _quoted(content: bytes) -> bytes:
    """With dots doubled at the start of a line, and the line that ends it all (RFC 5321, 4.5.2)."""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return _DOT_AT_LINE_START.sub(b"..", content) + end + b".\r\n"


def _text(words: object) -> str:
    plain = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(plain.split())[:500]
