"""Fourteen months of contacts, written through the same actions that the forms call."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from advocacy.accounts.models import User
from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import Entry
from advocacy.interactions.models import Confidentiality, Interaction
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.people import CHAPTERS, ChapterPlan
from advocacy.portal.demo.record import PublicRecord
from advocacy.portal.demo.scene import Scene
from advocacy.portal.demo.scenes_french import FRENCH
from advocacy.portal.demo.scenes_in_person import IN_PERSON
from advocacy.portal.demo.scenes_remote import REMOTE
from advocacy.portal.demo.society import Cast
from advocacy.portal.demo.telling import Setting, Teller
from advocacy.positions.models import Issue
from legislation.models import Official

DAYS_BACK = 425
# Rep. Reyes stays untouched: the tour in the README logs the first meeting with her.
UNTOUCHED = "Texas House 131"
ENGLISH = (*IN_PERSON, *REMOTE)


@dataclass(frozen=True)
class Told:
    """A contact in the log, with the report it came from."""

    interaction: Interaction
    entry: Entry
    author: User


class LogBuilder:
    """Writes the log chapter by chapter, oldest contact first."""

    def __init__(self, *, record: PublicRecord, cast: Cast, random: Random, now: datetime) -> None:
        self.record, self.cast, self.random, self.now = record, cast, random, now
        self._teller = Teller(random, list(Issue.objects.current()))
        untouched = record.by_seat[UNTOUCHED]
        self._delegations = {
            place: [official for official in members if official != untouched]
            for place, members in record.delegations.items()
        }
        self.told: list[Told] = []

    def build(self) -> None:
        for plan in CHAPTERS:
            for day in self._days(plan):
                self._log_one(plan, day)

    def _days(self, plan: ChapterPlan) -> list[date]:
        """Weekdays, a quarter of them in the last five weeks before the chapter fell quiet."""
        today = today_in(plan.time_zone, self.now)
        recent = plan.contacts // 4
        spans = [1 + 33 * number // recent + self.random.randint(0, 2) for number in range(recent)]
        spans += [self.random.randint(36, DAYS_BACK) for _ in range(plan.contacts - recent)]
        days = (today - timedelta(days=span + plan.quiet_days) for span in sorted(spans, reverse=True))
        return [day - timedelta(days=max(0, day.weekday() - 4)) for day in days]

    def _log_one(self, plan: ChapterPlan, day: date) -> None:
        people = self.cast.loggers[plan.slug]
        author = self.random.choices(people, [6] + [2] * (len(people) - 1))[0]
        scene, place = self._scene(author), self.random.choice(list(plan.territory))
        interaction = self.log(scene, self._setting(plan, author, day, place), author)
        neighbours = [
            one for one in CHAPTERS if one != plan and place in one.territory and not one.quiet_days
        ]
        is_open = interaction.confidentiality == Confidentiality.SHARED and not scene.agency
        if neighbours and is_open and self.random.random() < 0.09:
            self._join(interaction, self.random.choice(neighbours))

    def _join(self, interaction: Interaction, plan: ChapterPlan) -> None:
        peer = self.cast.loggers[plan.slug][0]
        contacts.join(by=peer, interaction=interaction, chapter=self.cast.chapters[plan.slug])

    def _scene(self, author: User) -> Scene:
        scenes: Sequence[Scene] = FRENCH if author.language == "fr" else ENGLISH
        return self.random.choices(scenes, [scene.weight for scene in scenes])[0]

    def _setting(self, plan: ChapterPlan, author: User, day: date, place: str) -> Setting:
        official = self._official(place)
        company = [person for person in self.cast.members[plan.slug] if person != author]
        number = min(len(company), self.random.choice((0, 0, 0, 1, 1, 2)))
        sits_in = self.record.sits_in[official.pk]
        return Setting(
            chapter=self.cast.chapters[plan.slug],
            author=author,
            company=self.random.sample(company, k=number),
            official=official,
            staff=self.record.staff[official.pk],
            committee=self.random.choice(self.record.committees[sits_in]),
            measure=self.random.choice(self.record.measures[sits_in]),
            day=day,
            town=self.random.choice(plan.towns),
        )

    def _official(self, place: str) -> Official:
        """Some offices are met again and again; two thirds of a delegation at least once."""
        members = self._delegations[place]
        reached = members[: max(1, 2 * len(members) // 3)]
        weights = [1 + 5 * (position % 4 == 0) for position in range(len(reached))]
        return self.random.choices(reached, weights)[0]

    def log(self, scene: Scene, setting: Setting, author: User) -> Interaction:
        entry = self._teller.tell(scene, setting)
        interaction, _ = contacts.log(
            by=author, entry=entry, form_key=self.new_key(), now=self._written_at(entry)
        )
        self.told.append(Told(interaction, entry, author))
        return interaction

    def new_key(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def _written_at(self, entry: Entry) -> datetime:
        """Most contacts are written up the same evening, some days later; never in the future."""
        lag = self.random.choice((0, 0, 0, 0, 1, 1, 2, 5))
        evening = time(
            self.random.randint(17, 20), self.random.randint(0, 59), tzinfo=ZoneInfo(entry.facts.zone)
        )
        return min(datetime.combine(entry.facts.occurred_on + timedelta(days=lag), evening), self.now)
