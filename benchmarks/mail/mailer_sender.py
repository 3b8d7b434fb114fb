"""django-mailer as its documentation has it: `send_html_mail`, then what the command `send_mail` does, `send_all`.

`python -m benchmarks.mail.mailer_sender FOLDER MESSAGES`
"""

import os
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.mail.mailer_settings"

import django

django.setup()

from django.conf import settings

# Its lock stands in the folder it is started in, unless said before it is imported.
settings.MAILER_LOCK_PATH = str(Path(sys.argv[1]) / "mailer")

from django.db import transaction
from mailer import send_html_mail
from mailer.engine import send_all
from mailer.models import RESULT_SUCCESS, MessageLog

from benchmarks.mail.database import made_for
from benchmarks.mail.letters import SENDER, letter
from benchmarks.mail.stopwatch import wait_for_go


def queue(messages: int) -> float:
    begun = time.perf_counter()
    with transaction.atomic():
        for words in map(letter, range(messages)):
            send_html_mail(words.subject, words.text, words.html, SENDER, [words.to])
    return time.perf_counter() - begun


def send() -> int:
    send_all()
    return int(MessageLog.objects.filter(result=RESULT_SUCCESS).count())


def main() -> None:
    folder, messages = Path(sys.argv[1]), int(sys.argv[2])
    with made_for("bench_mailer", folder):
        wait_for_go(send, queued_seconds=queue(messages))


if __name__ == "__main__":
    main()
