"""The mailbox to which reports come back: a Maildir folder beside a relay, or an IMAP mailbox.

Each mail is marked as seen only after what it says is committed; what is read twice changes nothing.
"""

import imaplib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from advocacy.outbox import reports
from advocacy.outbox.actions import events

logger = logging.getLogger(__name__)
Seen = Callable[[], object]
_MOST_IN_A_ROUND = 500
_MOST_BYTES = 262_144
_SECONDS = 30
_FLAGS = ":2,"


def read_all(*, now: datetime) -> int:
    """Take in every report that nobody has read yet. Returns how many told something new."""
    if not settings.MAIL_REPORTS_URL:
        return 0
    count = 0
    with _opened(settings.MAIL_REPORTS_URL) as mails:
        for content, seen in mails:
            for report in reports.read(content, now=now):
                count += events.take_in(report, is_trusted=False, now=now)
            seen()
    return count


@contextmanager
def _opened(url: str) -> Iterator[Iterator[tuple[bytes, Seen]]]:
    """`maildir:/var/mail/bounces` or `imaps://user:password@host/INBOX`."""
    place = urlsplit(url)
    if place.scheme == "maildir":
        yield _in_folder(place.path)
        return
    kind = imaplib.IMAP4_SSL if place.scheme == "imaps" else imaplib.IMAP4
    server = kind(place.hostname or "", place.port or kind("").port, timeout=_SECONDS)
    try:
        server.login(unquote(place.username or ""), unquote(place.password or ""))
        server.select(unquote(place.path.strip("/")) or "INBOX")
        yield _on_server(server)
    finally:
        server.logout()


def _in_folder(path: str) -> Iterator[tuple[bytes, Seen]]:
    """A mail is a file in `new` or `cur`; letters behind its name say what was done with it (S: it was seen)."""
    files = [file for part in ("new", "cur") for file in Path(path, part).iterdir()]
    unseen = [file for file in files if "S" not in file.name.partition(_FLAGS)[2]]
    for file in sorted(unseen, key=lambda file: file.name)[:_MOST_IN_A_ROUND]:
        try:
            with file.open("rb") as mail:
                content = mail.read(_MOST_BYTES)
        except FileNotFoundError:
            # Another reader has it in hand.
            continue
        yield content, partial(_mark_seen, file)


def _mark_seen(file: Path) -> None:
    name, _flags, flags = file.name.partition(_FLAGS)
    with suppress(FileNotFoundError):
        file.rename(file.parents[1] / "cur" / f"{name}{_FLAGS}{''.join(sorted({*flags, 'S'}))}")


def _on_server(server: imaplib.IMAP4) -> Iterator[tuple[bytes, Seen]]:
    _answer, found = server.uid("SEARCH", "UNSEEN")
    for uid in (found[0] or b"").split()[:_MOST_IN_A_ROUND]:
        name = uid.decode()
        _answer, parts = server.uid("FETCH", name, f"(BODY.PEEK[]<0.{_MOST_BYTES}>)")

        def seen(name: str = name) -> None:
            server.uid("STORE", name, "+FLAGS", r"(\Seen)")

        content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        yield content, seen
