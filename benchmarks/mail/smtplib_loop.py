"""The loop that keeps no books: `python -m benchmarks.mail.smtplib_loop PORT CONNECTIONS MESSAGES [write]`.

Each connection is one thread with one `smtplib.SMTP`, used from the first message to the last. The mails are bytes
before the clock starts; with `write` they are put together message by message, as any program has to.
"""

import smtplib
import sys
import threading
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from benchmarks.mail.letters import SENDER, letter
from benchmarks.mail.stopwatch import wait_for_go

settings.configure(USE_TZ=True)


def mail(number: int) -> tuple[str, bytes]:
    words = letter(number)
    whole = EmailMultiAlternatives(words.subject, words.text, SENDER, [words.to])
    whole.attach_alternative(words.html, "text/html")
    return words.to, whole.message().as_bytes(linesep="\r\n")


def send_on_one(port: int, mails: Iterable[tuple[str, bytes]]) -> None:
    address = parseaddr(SENDER)[1]
    with smtplib.SMTP("127.0.0.1", port) as server:
        for recipient, content in mails:
            server.sendmail(address, [recipient], content)


def main() -> None:
    port, connections, messages = map(int, sys.argv[1:4])
    ready = None if "write" in sys.argv[4:] else [mail(number) for number in range(messages)]

    def send() -> int:
        threads = [
            threading.Thread(
                target=send_on_one,
                args=(
                    port,
                    ready[first::connections] if ready else map(mail, range(first, messages, connections)),
                ),
            )
            for first in range(connections)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return messages

    wait_for_go(send)


if __name__ == "__main__":
    main()
