"""What the log adds to the pages of lower rooms: an official's timeline, a chapter's feed."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest
from advocacy.interactions import response_times
from advocacy.interactions.actions import do_not_contact
from advocacy.interactions.actions.hand_over import may_hand_over_for
from advocacy.interactions.guard import guard
from advocacy.interactions.models import (
    FollowUp,
    Interaction,
    KeyContact,
    MeetingRequest,
    OfficialStance,
    Proof,
    RelationshipScore,
)
from advocacy.interactions.models.interaction import TRAILING_YEAR
from advocacy.interactions.models.meeting_request import OPEN_STATES
from advocacy.interactions.questions import questions_about
from advocacy.interactions.stance_history import StanceHistory
from advocacy.interactions.whip import WhipCount
from advocacy.positions.material_uses import SHOWN, MaterialUse, material_uses
from advocacy.positions.models import Material
from legislation import profile_panels as legislation_panels
from legislation.models import Measure, Official
from legislation.voting_bodies import Bodies
from members import profile_panels as members_panels
from members.access import reach_of
from members.models import Chapter

LATEST = 10


@legislation_panels.official_panels.register("contact guard", order=5)
def contact_guard(request: SignedInRequest, official: Official) -> legislation_panels.Panel:
    """Who was there lately or goes there soon, and the requests that are still open."""
    today = request.user.today(timezone.now())
    requests = MeetingRequest.objects.visible_to(request.user).filter(official=official)
    rows = requests.with_shown_state(request.user).shown_as(*OPEN_STATES)
    context = {
        "guard": guard(official, user=request.user, today=today),
        "requests": list(
            rows.select_related("chapter", "official").order_by("-requested_on", "-pk")[:LATEST]
        ),
    }
    return legislation_panels.Panel("interactions/panels/official_guard.html", context, place="main")


@legislation_panels.official_panels.register("contact actions", order=10)
def contact_actions(request: SignedInRequest, official: Official) -> legislation_panels.Panel | None:
    """What somebody does from here: write, ask, call, log, keep in touch."""
    reach = reach_of(request.user)
    if not reach.may_write:
        return None
    today = request.user.today(timezone.now())
    tie = KeyContact.objects.filter(person=request.user, official=official, ends_on=None).first()
    context = {
        "official": official,
        "tie": tie,
        "may_log": reach.may_log,
        "may_ask_for_quiet": do_not_contact.may_ask(request.user, official, today),
    }
    return legislation_panels.Panel("interactions/panels/official_actions.html", context, place="actions")


@legislation_panels.official_panels.register("response times", order=35)
def response_times_with(request: SignedInRequest, official: Official) -> legislation_panels.Panel | None:
    """How long this office takes to answer us, and we them; nothing where nobody has asked anything."""
    requests = MeetingRequest.objects.visible_to(request.user).filter(official=official)
    followups = FollowUp.objects.visible_to(request.user).filter(official=official)
    theirs, ours = response_times.theirs(requests), response_times.ours(followups)
    if not (theirs.is_known or ours.is_known):
        return None
    context = {"theirs": theirs, "ours": ours}
    return legislation_panels.Panel(
        "interactions/panels/official_response_times.html", context, place="aside"
    )


@legislation_panels.official_panels.register("timeline", order=20)
def timeline(request: SignedInRequest, official: Official) -> legislation_panels.Panel:
    """The newest contacts with this official that the reader may see, and what is still to do."""
    interactions = Interaction.objects.visible_to(request.user).with_official(official)
    rows = list(interactions.with_parties().order_by("-occurred_on", "-pk")[: LATEST + 1])
    followups = FollowUp.objects.visible_to(request.user).open().filter(official=official)
    context = {
        "official": official,
        "interactions": rows[:LATEST],
        "has_more": len(rows) > LATEST,
        "followups": list(followups.select_related("owner", "official")[:LATEST]),
        "today": request.user.today(timezone.now()),
        "log_url": _log_url(request, official=official.pk),
    }
    return legislation_panels.Panel("interactions/panels/official_timeline.html", context, place="main")


@legislation_panels.official_panels.register("standing", order=30)
def standing(request: SignedInRequest, official: Official) -> legislation_panels.Panel:
    """Where we stand with this official: last contact, coverage in words, who keeps in touch, stances."""
    today = request.user.today(timezone.now())
    contacts = Interaction.objects.visible_to(request.user).meaningful()
    last = contacts.with_official(official).order_by("-occurred_on", "-pk").first()
    in_person = contacts.in_person_with(official).order_by("-occurred_on", "-pk").first()
    seats = [tenure.seat_id for tenure in official.tenures_in_force(today)]
    near = KeyContact.objects.visible_to(request.user).in_force(today).with_question(today)
    near = near.filter(Q(official=official) | Q(seat__in=seats)).select_related(
        "person", "chapter", "official"
    )
    rows = list(near.order_by("chapter__name", "rank", "starts_on", "pk"))
    asked = questions_about([tie for tie in rows if tie.asks], user=request.user, today=today)
    about_them = [one for one in asked if official.pk in (one.tie.official_id, one.successor_id)]
    ties = [tie for tie in rows if tie.official_id == official.pk]
    stances = OfficialStance.objects.visible_to(request.user).heard().filter(official=official)
    scores = RelationshipScore.objects.visible_to(request.user).filter(official=official).newest_of_each()
    context = {
        "official": official,
        "last": last,
        "is_strong": any(score.is_strong(today) for score in scores),
        "touched": last is not None and last.occurred_on > today - TRAILING_YEAR,
        "touched_in_person": in_person is not None and in_person.occurred_on > today - TRAILING_YEAR,
        "ties": ties,
        "is_assigned": any(tie.is_primary for tie in ties),
        "questions": [one for one in about_them if one.may_answer],
        "others_asking": sum(not one.may_answer for one in about_them),
        "assigning": _assigning(request) if seats else [],
        "scores": [(score, score.is_fresh(today), score.through_has_left(today)) for score in scores],
        "stances": list(stances.select_related("measure__session", "issue")[:5]),
    }
    return legislation_panels.Panel("interactions/panels/official_standing.html", context, place="aside")


def _assigning(request: SignedInRequest) -> list[Chapter]:
    """The chapters in whose name the reader may name a key contact here: those they are advocate of."""
    return list(Chapter.objects.filter(pk__in=reach_of(request.user).advocate_of).order_by("name", "pk"))


@legislation_panels.official_panels.register("stances", order=25)
def stances_of(request: SignedInRequest, official: Official) -> legislation_panels.Panel | None:
    """The newest words on where the official stands; nothing where there is none."""
    history = StanceHistory(official, user=request.user, day=request.user.today(timezone.now()))
    if not history.words:
        return None
    context = {"official": official, "words": history.words[:LATEST], "in_all": len(history.words)}
    return legislation_panels.Panel("interactions/panels/official_stances.html", context, place="main")


@legislation_panels.measure_panels.register("whip count", order=12)
def whip(request: SignedInRequest, measure: Measure) -> legislation_panels.Panel | None:
    """How many members stand where, in the body before which the measure stands."""
    today = request.user.today(timezone.now())
    body = Bodies(measure, today).at
    if body is None:
        return None
    about = Q(ask__measure=measure) | Q(commitment__measure=measure)
    proofs = Proof.objects.visible_to(request.user).answered().filter(about).with_parts()
    context = {
        "measure": measure,
        "count": WhipCount(measure, body, user=request.user, day=today),
        "url": f"{reverse('interactions:whip_count', args=[measure.pk])}?{urlencode({'body': body.key})}",
        "proofs": list(proofs.order_by("-found_at", "-pk")[:LATEST]),
    }
    return legislation_panels.Panel("interactions/panels/measure_whip.html", context, place="main")


@legislation_panels.measure_panels.register("timeline", order=20)
def measure_timeline(request: SignedInRequest, measure: Measure) -> legislation_panels.Panel:
    interactions = Interaction.objects.visible_to(request.user).filter(topics__measure=measure)
    rows = list(interactions.with_parties().order_by("-occurred_on", "-pk")[: LATEST + 1])
    context = {
        "measure": measure,
        "interactions": rows[:LATEST],
        "has_more": len(rows) > LATEST,
        "log_url": _log_url(request, measure=measure.pk),
    }
    return legislation_panels.Panel("interactions/panels/measure_timeline.html", context, place="main")


@material_uses.register("contacts")
def left_in(material: Material, user: User) -> Iterable[MaterialUse]:
    rows = Interaction.objects.visible_to(user).filter(materials=material)
    for row in rows.order_by("-occurred_on", "-pk")[:SHOWN]:
        yield MaterialUse(_("Contact"), str(row), row.occurred_on, row.get_absolute_url())


def _log_url(request: SignedInRequest, **known: int) -> str:
    """The log form with what this page is about filled in; empty for people who do not log."""
    if not reach_of(request.user).may_log:
        return ""
    return f"{reverse('interactions:interaction_log')}?{urlencode(known)}"


@members_panels.chapter_panels.register("feed", order=20)
def chapter_feed(user: User, chapter: Chapter) -> members_panels.Panel:
    """The chapter's newest contacts that the reader may see, and how many officials a year of them reached."""
    interactions = Interaction.objects.visible_to(user).credited_to(chapter)
    today = user.today(timezone.now())
    meaningful = interactions.meaningful().in_trailing_year(today)
    rows = list(interactions.with_parties().order_by("-occurred_on", "-pk")[: LATEST + 1])
    context = {
        "chapter": chapter,
        "interactions": rows[:LATEST],
        "has_more": len(rows) > LATEST,
        "may_hand_over": may_hand_over_for(user, chapter),
        "contacts": meaningful.count(),
        "officials": Official.objects.filter(pk__in=meaningful.values("offices__official")).count(),
    }
    return members_panels.Panel("interactions/panels/chapter_feed.html", context)
