"""What this room adds to the pages of lower rooms.

To a measure: the letters on it that several organisations sign, and what partners think of it beside what we think.
To an official: who is the best person to ask them. To a contact of the log: the partners who were there.
"""

from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest
from advocacy.coalitions.actions.touches import may_note_presence
from advocacy.coalitions.agreement import beside_ours
from advocacy.coalitions.best_to_ask import people_to_ask
from advocacy.coalitions.models import PartnerPosition, Presence, SignOnLetter
from advocacy.coalitions.models.visibility import works_with_partners
from advocacy.interactions.models import Interaction
from advocacy.interactions.record_panels import interaction_panels
from legislation import profile_panels
from legislation.models import Measure, Official
from members.access import reach_of

_SHOWN = 10
_NAMED = 3


@profile_panels.measure_panels.register("sign-on letters", order=30)
def sign_on_letters(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Nothing where there is none."""
    now = timezone.now()
    letters = SignOnLetter.objects.visible_to(request.user).filter(measure=measure)
    rows = [
        {
            "letter": letter,
            "status": letter.status_label(now),
            "is_open": not letter.is_locked(now),
            "deadline": letter.hard_deadline_for(request.user.time_zone),
        }
        for letter in letters.select_related("chapter", "lead")[:_SHOWN]
    ]
    return profile_panels.Panel("coalitions/panels/measure_letters.html", {"rows": rows}) if rows else None


@profile_panels.measure_panels.register("partners' positions", order=7)
def partners_positions(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """The last word of each partner, beside ours. Nothing where none has said anything."""
    said = PartnerPosition.objects.visible_to(request.user).filter(measure=measure).newest_of_each()
    if not said:
        return None
    context = {"rows": beside_ours(said, user=request.user)}
    return profile_panels.Panel("coalitions/panels/measure_partners.html", context)


@profile_panels.official_panels.register("best to ask", order=32)
def best_to_ask(request: SignedInRequest, official: Official) -> profile_panels.Panel | None:
    """The first few, with the reasons; nothing where nobody is known to know them."""
    if not works_with_partners(reach_of(request.user)):
        return None
    found = people_to_ask(official, user=request.user, today=request.user.today(timezone.now()))
    if not found:
        return None
    context = {"official": official, "candidates": found[:_NAMED], "count": len(found), "named": _NAMED}
    return profile_panels.Panel("coalitions/panels/official_best_to_ask.html", context, place="aside")


@interaction_panels.register("partners who were there", order=10)
def partners_there(request: SignedInRequest, interaction: Interaction) -> profile_panels.Panel | None:
    """Nothing where nobody is named and the reader may name nobody."""
    rows = Presence.objects.visible_to(request.user).filter(interaction=interaction)
    there = list(rows.select_related("organisation", "contact"))
    may_note = may_note_presence(request.user, interaction)
    if not (there or may_note):
        return None
    context = {"interaction": interaction, "there": there, "may_note": may_note}
    return profile_panels.Panel("coalitions/panels/interaction_partners.html", context, place="aside")
