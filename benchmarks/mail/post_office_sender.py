"""django-post-office as its documentation has it: `mail.send_many`, then the command `send_queued_mail`.

`python -m benchmarks.mail.post_office_sender FOLDER MESSAGES PROCESSES`
"""

import os
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.mail.post_office_settings"

import django

django.setup()

from django.core.management import call_command
from post_office import mail
from post_office.models import STATUS, Email

from benchmarks.mail.database import made_for
from benchmarks.mail.letters import SENDER, letter
from benchmarks.mail.stopwatch import wait_for_go

_AT_ONCE = 1_000


def queue(messages: int) -> float:
    begun = time.perf_counter()
    for first in range(0, messages, _AT_ONCE):
        mail.send_many(
            [
                {
                    "recipients": [words.to],
                    "sender": SENDER,
                    "subject": words.subject,
                    "message": words.text,
                    "html_message": words.html,
                }
                for words in map(letter, range(first, min(first + _AT_ONCE, messages)))
            ]
        )
    return time.perf_counter() - begun


def main() -> None:
    folder, messages, processes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

    def send() -> int:
        call_command("send_queued_mail", processes=processes, lockfile=str(folder / "post_office"))
        return int(Email.objects.filter(status=STATUS.sent).count())

    with made_for("bench_post_office", folder):
        wait_for_go(send, queued_seconds=queue(messages))


if __name__ == "__main__":
    main()
