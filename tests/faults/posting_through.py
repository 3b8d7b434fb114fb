"""Posts for forty people over a bad line, as forms do: whoever gets no answer tries again with the same key.

`python -m tests.faults.posting_through 40`; what it counts comes back on standard output.
"""

import sys

import django
from django.db import InterfaceError, OperationalError, connection

django.setup()

from django.utils import timezone  # noqa: E402 (settings come first)

from tests.outbox.posting import posted  # noqa: E402


def main(count: int) -> None:
    tries = 0
    for number in range(count):
        while True:
            tries += 1
            try:
                posted(f"person{number}@example.org", now=timezone.now())
                break
            except (OperationalError, InterfaceError):
                connection.close()
    sys.stdout.write(f"{tries}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
