"""The public record: officials, committees, measures, hearings."""

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.models import KeyContact
from legislation import freshness
from legislation.models import (
    Committee,
    Hearing,
    HearingStatus,
    Jurisdiction,
    LeaverDecision,
    Measure,
    Official,
    Staffer,
)
from tests.browser.gallery.exhibit import Exhibit, first


def official(user: User) -> int:
    tie = KeyContact.objects.filter(person=user, ends_on=None).order_by("pk").first()
    return tie.official_id if tie else Official.objects.order_by("pk").first().pk


def _doubtful(user: User) -> int:
    return freshness.stale(Official.objects.all(), timezone.localdate()).order_by("pk").first().pk


def _leaver_decision(user: User) -> int:
    return LeaverDecision.objects.open().visible_to(user, timezone.localdate()).order_by("pk").first().pk


RECORD = [
    Exhibit("legislation:official_list", query="?q=qqqq", note="nothing found"),
    Exhibit("legislation:official_list", query="?age=stale", note="may be out of date"),
    Exhibit("legislation:official_detail", find=_doubtful, note="may be out of date"),
    Exhibit("legislation:report_new", find=official, query="?block=contact"),
    Exhibit("legislation:report_list"),
    Exhibit("legislation:report_list", "jordan", note="nothing reported"),
    Exhibit("legislation:staffer_add", find=official),
    Exhibit("legislation:staffer_edit", "jordan", find=first(Staffer)),
    Exhibit("legislation:leaver_list"),
    Exhibit("legislation:leaver_list", "elise", note="nothing to decide"),
    Exhibit("legislation:leaver_decide", find=_leaver_decision),
    Exhibit("legislation:jurisdiction_list"),
    Exhibit("legislation:jurisdiction_detail", find=first(Jurisdiction, abbreviation="TX")),
    Exhibit("legislation:committee_detail", find=first(Committee, memberships__isnull=False)),
    Exhibit("legislation:measure_list"),
    Exhibit("legislation:measure_list", query="?q=health&sort=newest", note="with filters to save"),
    Exhibit("legislation:measure_detail", find=first(Measure)),
    Exhibit("legislation:measure_detail", find=first(Measure, hearings__isnull=False), note="with a hearing"),
    Exhibit(
        "legislation:measure_detail",
        find=first(Measure, comment_period__isnull=False),
        note="with comments that close",
    ),
    Exhibit("legislation:hearing_list"),
    Exhibit("legislation:hearing_list", "elise", note="by the clock of Montreal"),
    Exhibit("legislation:hearing_list", query="?when=earlier&committee=1", note="a filter in force"),
    Exhibit("legislation:hearing_detail", find=first(Hearing, status=HearingStatus.MOVED), note="moved"),
    Exhibit("legislation:hearing_detail", "elise", find=first(Hearing, status=HearingStatus.SCHEDULED)),
    Exhibit("legislation:hearing_detail", find=first(Hearing, status=HearingStatus.CANCELLED), note="off"),
]
