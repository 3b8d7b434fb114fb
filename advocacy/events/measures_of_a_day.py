"""What came of an Advocacy Day (DOMAIN.md W5): each measure defined once, for page and file.

Numbers of asks and answers come from shared records alone, so whoever sees the results may read what they count.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from advocacy.events import survey_results
from advocacy.events.models import (
    AGREED,
    OVER,
    AdvocacyEvent,
    AppointmentStatus,
    RegistrationDistrict,
)
from advocacy.interactions.models import (
    Ask,
    AskResponse,
    Confidentiality,
    FollowUp,
    FollowUpKind,
    FollowUpStatus,
    Interaction,
)
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.exports import Table
from members.calendars import workdays_in

THANKED_WITHIN = 2
DEBRIEFS_IN_TIME = 90
_CONSIDERING = (AskResponse.WILL_CONSIDER, AskResponse.NEEDS_INFORMATION, AskResponse.DEFERRED_TO_STAFF)


@dataclass(frozen=True)
class Line:
    """One measure: the number, of how many where it is a share, and the goal where there is one.

    Without a number it is not shown, and `meaning` says why.
    """

    label: str
    value: int | None
    of: int | None = None
    goal: int | None = None
    meaning: str = ""

    @property
    def percent(self) -> int | None:
        """Rounded down, so that a goal is met only where it is."""
        return self.value * 100 // self.of if self.of and self.value is not None else None

    @property
    def is_met(self) -> bool | None:
        """Against the goal: a share by its percentage, a number by itself. None without a goal or anything to share."""
        number = self.value if self.percent is None else self.percent
        if self.goal is None or number is None or (self.of is not None and not self.of):
            return None
        return number >= self.goal


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


def parts_of(event: AdvocacyEvent) -> list[Part]:
    return [
        Part(_("People"), _people(event)),
        Part(pgettext("with offices", "Meetings"), _meetings(event)),
        Part(_("Asks"), _asks(event)),
        Part(_("Afterwards"), _afterwards(event)),
    ]


def table_of(event: AdvocacyEvent) -> Table:
    """The page as a file: a share stands as its two numbers."""
    rows = (
        [part.title, line.label, line.value, line.of, line.percent, line.goal, line.meaning]
        for part in parts_of(event)
        for line in part.lines
    )
    columns = [
        _("Part"),
        _("Measure"),
        pgettext("how many", "Number"),
        _("Of"),
        _("Percent"),
        _("Goal"),
        _("What it means"),
    ]
    return Table(_("Results"), columns, rows)


def _people(event: AdvocacyEvent) -> list[Line]:
    came = Q(checked_in_at__isnull=False)
    counted = event.registrations.coming().aggregate(
        registered=Count("pk"),
        attended=Count("pk", filter=came),
        first_timers=Count("pk", filter=came & Q(is_first_timer=True)),
    )
    lived_in = RegistrationDistrict.objects.filter(
        registration__event=event, registration__checked_in_at__isnull=False
    )
    districts = lived_in.order_by().values("division").distinct().count()
    return [
        Line(_("Registered"), counted["registered"], meaning=_("People with a place.")),
        Line(
            _("Attended"), counted["attended"], goal=event.people_wanted, meaning=_("People who checked in.")
        ),
        Line(_("First-timers"), counted["first_timers"], meaning=_("Of those who attended.")),
        Line(_("Districts represented"), districts, meaning=_("Where those who attended are constituents.")),
    ]


def _meetings(event: AdvocacyEvent) -> list[Line]:
    status = event.appointments.aggregate(
        requested=Count(
            "pk", filter=~Q(status=AppointmentStatus.TO_ASK) & ~Q(status=AppointmentStatus.DROP_BY)
        ),
        confirmed=Count("pk", filter=Q(status__in=(*AGREED, *OVER))),
        with_member=Count("pk", filter=Q(status=AppointmentStatus.HELD)),
        with_staff=Count("pk", filter=Q(status=AppointmentStatus.STAFF_ONLY)),
    )
    held = status["with_member"] + status["with_staff"]
    return [
        Line(_("Requested"), status["requested"], meaning=_("Offices asked for a meeting.")),
        Line(_("Confirmed"), status["confirmed"], meaning=_("Offices that gave us a time.")),
        Line(_("Held"), held, goal=event.meetings_wanted, meaning=_("With the official or with staff.")),
        Line(_("With the official"), status["with_member"], of=held),
        Line(_("With staff only"), status["with_staff"], of=held),
    ]


def _asks(event: AdvocacyEvent) -> list[Line]:
    shared = _debriefs(event).filter(confidentiality=Confidentiality.SHARED).order_by().values("pk")
    made = Ask.objects.filter(interaction__in=shared).exclude(response=AskResponse.NOT_MADE)
    counted = made.aggregate(
        made=Count("pk"),
        agreed=Count("pk", filter=Q(response=AskResponse.AGREED)),
        considering=Count("pk", filter=Q(response__in=_CONSIDERING)),
        declined=Count("pk", filter=Q(response=AskResponse.DECLINED)),
        silent=Count("pk", filter=Q(response=AskResponse.NO_ANSWER)),
    )
    whole = counted["made"]
    return [
        Line(_("Asks made"), whole, meaning=_("In debriefs that every chapter may read.")),
        Line(_("Agreed"), counted["agreed"], of=whole),
        Line(
            _("Considering"),
            counted["considering"],
            of=whole,
            meaning=_("Will consider, needs information, or left it to staff."),
        ),
        Line(_("Declined"), counted["declined"], of=whole),
        Line(_("No answer"), counted["silent"], of=whole),
    ]


def _afterwards(event: AdvocacyEvent) -> list[Line]:
    owed = event.appointments.all().wanting_debrief()
    in_time = owed.debriefed().filter(debriefed_at__lte=event.debriefs_wanted_by)
    thanked, owing = _thanks(event)
    return [
        Line(
            _("Debriefs in time"),
            in_time.count(),
            of=owed.count(),
            goal=DEBRIEFS_IN_TIME,
            meaning=_("Filed within 24 hours of the last meeting, of all meetings on the schedule."),
        ),
        Line(
            _("Thanked in time"),
            thanked,
            of=owing,
            meaning=_("A thank-you done within 2 business days of the office, of all debriefs."),
        ),
        *_survey(event),
    ]


def _survey(event: AdvocacyEvent) -> list[Line]:
    score = survey_results.score_of(event)
    came = event.registrations.all().checked_in().count()
    meaning = _("Percentage of 9 and 10 less that of 0 to 6, from −100 to 100.")
    return [
        Line(_("Survey answers"), score.answers, of=came, meaning=_("Of those who attended.")),
        Line(
            _("Net promoter score"),
            score.net,
            meaning=meaning if score.net is not None else survey_results.why_not_shown(),
        ),
    ]


def _thanks(event: AdvocacyEvent) -> tuple[int, int]:
    """A thank-you counts once for a debrief, however many were sent."""
    owing = set(_debriefs(event).order_by().values_list("pk", flat=True))
    done = FollowUp.objects.filter(
        kind=FollowUpKind.THANK_YOU, status=FollowUpStatus.DONE, interaction__in=owing
    )
    days = workdays_in(event.jurisdiction)
    given = done.values_list("interaction", "interaction__occurred_on", "done_on")
    soon = {
        key
        for key, met_on, done_on in given
        if met_on and done_on and days.between(met_on, done_on) <= THANKED_WITHIN
    }
    return len(soon), len(owing)


def _debriefs(event: AdvocacyEvent) -> InteractionQuerySet:
    return Interaction.objects.logged().filter(appointment__event=event)
