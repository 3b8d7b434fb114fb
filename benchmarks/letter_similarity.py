"""How long a supporter waits for the meter of their letter, against comparing it with every letter by difflib.

    .venv/bin/python -m benchmarks.letter_similarity                         # SQLite in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.letter_similarity   # makes and drops a test database

Letters are made of our text: a third unchanged, the rest changed in some words, with sentences added or paragraphs
turned round, no two of those alike. Prints for each number of earlier letters the median and the 99th percentile of
100 letters compared through the database as the page does it, how long a fresh process takes to read them all, and
the ratio to difflib's quick_ratio over all of them (measured on 200 and multiplied: it would take minutes).
"""

import os
import random
import statistics
import sys
import tempfile
import time
from difflib import SequenceMatcher

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from django.db import connection
from django.test.utils import setup_test_environment
from django.utils import timezone

from advocacy.accounts.models import User
from campaigns import earlier_letters
from campaigns.actions import letter_shapes
from campaigns.models import Campaign

SIZES = (100, 1_000, 10_000, 50_000)
GOAL_LETTERS, GOAL_MS = 10_000, 50
ASKED, BY_DIFFLIB = 100, 200
OWN = "My {0} waited {1} weeks for a {2} result at the {3} clinic, and called the office every {4} until it came."
OURS = """I am writing about House Bill 118, which lets patients read their own health records on the day they are made.

I live in your district. Please support this bill when it comes before your committee, because patients who can read
their records ask better questions, notice mistakes, and come to their next visit prepared.

Hospitals in our state can do this with the systems they already have, and those who do tell us that nobody wants to
go back. The bill gives small clinics two years to prepare, and it does not change who may see a record.

Thank you for your service, and for taking the time to read this letter."""


def letter(chance: random.Random) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        return OURS
    paragraphs = [changed(paragraph, chance) for paragraph in OURS.split("\n\n")]
    if kind == 1:
        chance.shuffle(paragraphs)
    own = [
        OWN.format(*(f"w{chance.randrange(5_000)}" for _gap in range(5)))
        for _sentence in range(chance.randrange(4))
    ]
    return "\n\n".join([*paragraphs, " ".join(own)])


def changed(paragraph: str, chance: random.Random) -> str:
    words = paragraph.split()
    for _change in range(chance.randrange(6)):
        words[chance.randrange(len(words))] = f"w{chance.randrange(5_000)}"
    return " ".join(words)


def begun() -> Campaign:
    person, now = User.objects.create(email="owner@example.org"), timezone.now()
    return Campaign.objects.create(
        name="Records",
        slug="records",
        kind="letter",
        owner=person,
        created_by=person,
        created_at=now,
        status_at=now,
    )


def ms(campaign: Campaign, text: str) -> float:
    began = time.perf_counter()
    earlier_letters.meter(text, ours=OURS, campaign=campaign)
    return (time.perf_counter() - began) * 1000


def difflib_ms(text: str, others: list[str]) -> float:
    began = time.perf_counter()
    for other in others:
        SequenceMatcher(None, other, text).quick_ratio()
    return (time.perf_counter() - began) * 1000 / len(others)


def grown_to(size: int, letters: list[str], campaign: Campaign, chance: random.Random) -> float:
    """Milliseconds for each letter added."""
    new = [(number, letter(chance)) for number in range(len(letters), size)]
    began = time.perf_counter()
    letter_shapes.add(campaign, new)
    letters.extend(text for _number, text in new)
    return (time.perf_counter() - began) * 1000 / len(new)


def measure() -> bool:
    chance, campaign = random.Random(6), begun()
    letters: list[str] = []
    keeps = True
    print(connection.vendor)
    print(f"{'letters':>8}{'median ms':>11}{'p99 ms':>8}{'all anew':>10}{'add one':>9}{'difflib ×':>11}")
    for size in SIZES:
        adding = grown_to(size, letters, campaign, chance)
        earlier_letters.forget()
        anew = ms(campaign, OURS)
        asked = [letter(chance) for _letter in range(ASKED)]
        took = sorted(ms(campaign, text) for text in asked)
        median, p99 = statistics.median(took), took[ASKED * 99 // 100 - 1]
        ratio = difflib_ms(asked[0], letters[:BY_DIFFLIB]) * size / median
        print(f"{size:>8,}{median:>11.1f}{p99:>8.1f}{anew:>10.0f}{adding:>9.2f}{ratio:>11,.0f}", flush=True)
        keeps = keeps and (size > GOAL_LETTERS or p99 < GOAL_MS)
    return keeps


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        keeps = measure()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    if not keeps:
        sys.exit(f"Wanted under {GOAL_MS} ms against {GOAL_LETTERS:,} letters.")


if __name__ == "__main__":
    main()
