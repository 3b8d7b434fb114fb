"""A mail server that takes everything, after a while: `python -m benchmarks.mail.sink 20` answers the dot in 20 ms.

It prints its port. A line on standard input asks what has arrived since the last one: how many messages, and how
many of them had a Message-ID that was there before.
"""

import asyncio
import re
import sys
import threading
from collections.abc import Callable

_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
# As a Postfix relay greets.
_ABILITIES = b"250-sink.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-8BITMIME\r\n250 CHUNKING\r\n"
_TAKEN = b"250 2.0.0 Ok: queued\r\n"
_ANSWERS = {b"EHLO": _ABILITIES, b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}


class Book:
    """What has arrived, by Message-ID."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()
        self._arrived = self._again = 0

    def note(self, text: bytes) -> None:
        found = _MESSAGE_ID.search(text)
        name = found[1] if found else b""
        self._arrived += 1
        self._again += name in self._known
        self._known.add(name)

    def count(self) -> tuple[int, int]:
        found = self._arrived, self._again
        self._known, self._arrived, self._again = set(), 0, 0
        return found


class Session(asyncio.Protocol):
    def __init__(self, book: Book, seconds: float) -> None:
        self._book, self._seconds = book, seconds
        self._unread, self._unsaid = b"", b""
        self._takes_text = self._thinks = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._unread += data
        self._read_on()

    def _read_on(self) -> None:
        while not self._thinks and (self._text() if self._takes_text else self._command()):
            pass
        if self._unsaid:
            # As relays do: what was asked in one piece is answered in one.
            self._transport.write(self._unsaid)
            self._unsaid = b""

    def _command(self) -> bool:
        line, end, rest = self._unread.partition(b"\r\n")
        if not end:
            return False
        self._unread, verb = rest, line[:4].upper()
        self._takes_text = verb == b"DATA"
        self._unsaid += _ANSWERS.get(verb, b"250 2.0.0 Ok\r\n")
        return True

    def _text(self) -> bool:
        text, end, rest = self._unread.partition(b"\r\n.\r\n")
        if not end:
            return False
        self._unread, self._takes_text = rest, False
        self._book.note(text)
        if self._seconds:
            self._thinks = True
            asyncio.get_running_loop().call_later(self._seconds, self._answer)
        else:
            self._unsaid += _TAKEN
        return True

    def _answer(self) -> None:
        self._thinks = False
        self._unsaid += _TAKEN
        self._read_on()


def _report(book: Book, stop: Callable[[], object]) -> None:
    for _line in sys.stdin:
        print(*book.count(), flush=True)
    stop()


async def serve(seconds: float) -> None:
    book, over = Book(), asyncio.Event()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Session(book, seconds), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    stop = lambda: loop.call_soon_threadsafe(over.set)  # noqa: E731 (one line, used once)
    threading.Thread(target=_report, args=(book, stop), daemon=True).start()
    await over.wait()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000))
