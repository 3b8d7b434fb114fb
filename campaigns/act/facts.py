"""What stands around the form: who runs the campaign, what it is about, until when, and how many took part."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.positions.models import Position
from advocacy.positions.use import usable_for
from campaigns.act.shown import Shown
from campaigns.gate import rates
from campaigns.models import Campaign, Participation
from legislation.models import Measure
from legislation.models.public_record import in_language
from members.models import Society

HOUR = timedelta(hours=1)
# A look-up may ask a geocoder, which is somebody else's: beyond these, only the loaded record answers.
LOOKUPS_AN_HOUR = 60
# Few are shown as none: one or two people could be recognised by being the only ones.
FEWEST_SHOWN = 3


@dataclass(frozen=True)
class About:
    holder: str
    measures: list[tuple[Measure, Position | None]]
    closes: str
    participants: int
    limits: list[str]
    next_url: str
    next_name: str


def about(shown: Shown) -> About:
    campaign = shown.campaign
    measures = Measure.objects.filter(pk__in=shown.measure_ids).select_related("session").order_by("pk")
    following = next_after(campaign, shown.language)
    return About(
        holder=str(campaign.chapter or Society.objects.order_by("pk").first() or ""),
        measures=[(one, usable_for(one, campaign.chapter)) for one in measures],
        closes=_by_its_clock(campaign.closes_at, campaign.zone) if campaign.closes_at else "",
        participants=participants(campaign),
        limits=rates.in_words(),
        next_url=following[0],
        next_name=following[1],
    )


def _by_its_clock(moment: datetime, zone: str) -> str:
    """By the clock of the campaign, whose city is named: whoever reads it elsewhere is not an hour off."""
    there = moment.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s (%(city)s time)") % {
        "day": formats.date_format(there, "DATE_FORMAT"),
        "time": formats.time_format(there, "TIME_FORMAT"),
        "city": zone.rpartition("/")[2].replace("_", " "),
    }


def participants(campaign: Campaign) -> int:
    """How many took part; 0 while they are too few to be told."""
    count = Participation.objects.counted().filter(campaign=campaign).count()
    return count if count >= FEWEST_SHOWN else 0


def next_after(campaign: Campaign, language: str) -> tuple[str, str]:
    """The next action, where its page is open to everybody: its address and its approved name."""
    following = campaign.next_campaign
    if following is None or not following.is_public:
        return "", ""
    revision = following.revision
    if revision is None or not revision.approves(following):
        return "", ""
    name = in_language(language, revision.content["name"], revision.content["name_fr"])
    return reverse("act:page", args=[following.slug, language]), name
