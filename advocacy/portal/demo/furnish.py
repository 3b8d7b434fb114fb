"""Building the whole demo, in one transaction."""

from datetime import datetime
from random import Random

from django.db import models, transaction
from django.db.models import F

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.interactions.actions import proofs
from advocacy.interactions.models import Interaction, State
from advocacy.portal.demo.advocacy_day_today import AdvocacyDayTodayBuilder
from advocacy.portal.demo.advocacy_days import AdvocacyDayBuilder
from advocacy.portal.demo.advocacy_days_around import AdvocacyDaysAroundBuilder
from advocacy.portal.demo.campaigns import CampaignBuilder
from advocacy.portal.demo.comments import CommentBuilder
from advocacy.portal.demo.facts import FactsBuilder
from advocacy.portal.demo.hearings import HearingBuilder
from advocacy.portal.demo.histories import HistoryBuilder
from advocacy.portal.demo.letters import LetterBuilder
from advocacy.portal.demo.log import LogBuilder
from advocacy.portal.demo.maps import MapBuilder
from advocacy.portal.demo.materials import MaterialBuilder
from advocacy.portal.demo.measures import MeasureBuilder
from advocacy.portal.demo.meetings import MeetingBuilder
from advocacy.portal.demo.months import MonthBuilder
from advocacy.portal.demo.names import Names
from advocacy.portal.demo.partners import PartnerBuilder
from advocacy.portal.demo.record import RecordBuilder
from advocacy.portal.demo.requests import RequestBuilder
from advocacy.portal.demo.research import ResearchBuilder
from advocacy.portal.demo.society import Cast, SocietyBuilder
from advocacy.portal.demo.work import WorkBuilder
from legislation.models import Official
from members.access import keep_reach
from members.models import Society

SEED = 20270209


class NotEmpty(RuntimeError):
    """Real people or officials are here: nothing invented is mixed in with them."""


def is_furnished() -> bool:
    return Society.objects.filter(is_demo=True).exists()


def is_empty() -> bool:
    """Nobody, no society and no official: there is nothing that the demo could be mixed up with."""
    return not (User.objects.exists() or Society.objects.exists() or Official.objects.exists())


@transaction.atomic
def furnish(*, now: datetime) -> bool:
    """Build the demo as of `now`. False when it is here already. Raises NotEmpty where anything real is."""
    if is_furnished():
        return False
    if not is_empty():
        raise NotEmpty
    random = Random(SEED)  # noqa: S311 (the same demo each time is the point)
    names = Names(random)
    record = RecordBuilder(random=random, names=names, now=now).build()
    MapBuilder(now=now).build()
    cast = SocietyBuilder(record=record, random=random, names=names, now=now).build()
    _remember_reach(cast)
    log = LogBuilder(record=record, cast=cast, random=random, now=now)
    log.build()
    WorkBuilder(log=log, record=record, cast=cast, random=random, now=now).build()
    RequestBuilder(log=log, record=record, cast=cast, now=now).build()
    MeetingBuilder(cast=cast, now=now).build()
    FactsBuilder(record=record, cast=cast, random=random, now=now).build()
    MeasureBuilder(record=record, cast=cast, now=now).build()
    HearingBuilder(record=record, now=now).build()
    HistoryBuilder(record=record, now=now).build()
    proofs.settle(now=now)
    CommentBuilder(record=record, now=now).build()
    LetterBuilder(cast=cast, now=now).build()
    MaterialBuilder(cast=cast, now=now).build()
    ResearchBuilder(cast=cast, now=now).build()
    PartnerBuilder(cast=cast, now=now).build()
    CampaignBuilder(record=record, cast=cast, now=now).build()
    AdvocacyDayBuilder(cast=cast, now=now).build()
    AdvocacyDayTodayBuilder(cast=cast, now=now).build()
    AdvocacyDaysAroundBuilder(cast=cast, now=now).build()
    _backdate()
    MonthBuilder(cast=cast, now=now).build()
    return True


def _remember_reach(cast: Cast) -> None:
    """Their roles do not change while we build, so they are looked up once."""
    for people in cast.loggers.values():
        for person in people:
            keep_reach(person)


def _backdate() -> None:
    """Rows and their history carry the days they tell of, not the moment the demo was built."""
    logged = Interaction.objects.filter(state=State.LOGGED)
    logged.update(created_at=F("logged_at"), updated_at=F("logged_at"))
    when = {str(pk): at for pk, at in logged.values_list("pk", "logged_at")}
    # The trail itself refuses changes; the demo builds its history, it does not rewrite one.
    trail: models.QuerySet[Entry] = models.QuerySet(Entry)
    entries = trail.filter(model=Interaction._meta.label_lower, verb="logged")
    for entry in entries:
        entry.at = when.get(entry.object_id) or entry.at
    trail.bulk_update(entries, ["at"], batch_size=200)
