"""How sure the demo's record is: a legislature nobody has fetched for long, checks, and reports with their answers."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import models

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.portal.demo.record import PublicRecord
from advocacy.portal.demo.society import Cast
from legislation.actions import fact_checks, fact_reports
from legislation.models import Block, FactReport, Official, SourceRecord, Staffer
from legislation.profile_facts import ProfileFacts

# Its feed stands still, so that the directory has something to doubt.
NOT_FETCHED, DAYS_AGO = "CO", 68
_CHECKS = (
    ("dana", "Texas House 131", Block.TERM, 12),
    ("dana", "Texas House 131", Block.CONTACT, 12),
    ("luis", "Texas Senate 15", Block.CONTACT, 30),
    ("elise", "National Assembly of Quebec, Anse-aux-Érables", Block.CONTACT, 5),
)
# Who, where, which part, how long ago, what is wrong, what is right.
_REPORTS = (
    (
        "dana",
        "Texas House 131",
        Block.STAFF,
        2,
        "One of them has left; the front desk told me on the telephone.",
        "Remove the legislative assistant. Nobody has followed yet.",
    ),
    (
        "luis",
        "Texas Senate 15",
        Block.CONTACT,
        9,
        "The district office has moved.",
        "2100 Harbor Avenue, as on the door.",
    ),
    (
        "dana",
        "Texas Senate 13",
        Block.TERM,
        20,
        "He is said to be leaving.",
        "Term ends in March.",
    ),
)


class FactsBuilder:
    """Lets people of the demo vouch for facts, doubt them, and be answered."""

    def __init__(self, *, record: PublicRecord, cast: Cast, random: Random, now: datetime) -> None:
        self.record, self.cast, self.random, self.now = record, cast, random, now

    def build(self) -> None:
        self._stop_a_feed()
        self._date_the_staff()
        for who, seat, block, days in _CHECKS:
            self._check(self.cast.people[who], self._official(seat), block, days)
        reports = [
            self._report(number, self.cast.people[who], self._official(seat), block, days, wrong, right)
            for number, (who, seat, block, days, wrong, right) in enumerate(_REPORTS)
        ]
        fact_reports.reject(
            reports[-1],
            by=self.cast.people["jordan"],
            now=self.now - timedelta(days=18),
            reason="The office says that the senator stays. We look again in March.",
        )

    def _official(self, seat: str) -> Official:
        return Official.objects.with_seats().get(pk=self.record.by_seat[seat].pk)

    def _stop_a_feed(self) -> None:
        last = self.now - timedelta(days=DAYS_AGO)
        SourceRecord.objects.filter(jurisdiction=self.record.jurisdictions[NOT_FETCHED]).update(
            last_seen_at=last
        )

    def _date_the_staff(self) -> None:
        """Somebody entered them once; most of them not long ago."""
        label = Staffer._meta.label_lower
        entries = [
            Entry(verb="added", model=label, object_id=str(staffer.pk), label=staffer.name)
            for staffer in Staffer.objects.order_by("pk")
        ]
        made = Entry.objects.bulk_create(entries, batch_size=200)
        for entry in made:
            entry.at = self.now - timedelta(days=self.random.randint(3, 200))
        # The trail itself refuses changes; the demo builds its history, it does not rewrite one.
        trail: models.QuerySet[Entry] = models.QuerySet(Entry)
        trail.bulk_update(made, ["at"], batch_size=200)

    def _check(self, by: User, official: Official, block: Block, days: int) -> None:
        then = self.now - timedelta(days=days)
        mark = ProfileFacts(official, by.today(then)).fingerprint(block)
        fact_checks.check(official, block, by=by, now=then, seen=mark)

    def _report(
        self, number: int, by: User, official: Official, block: Block, days: int, wrong: str, right: str
    ) -> FactReport:
        then = self.now - timedelta(days=days)
        said = {"wrong": wrong, "suggestion": right}
        return fact_reports.report(official, block, by=by, now=then, form_key=UUID(int=number), **said)[0]
