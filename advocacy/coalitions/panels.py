"""What this room adds to the page of a measure: the letters on it that several organisations sign."""

from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest
from advocacy.coalitions.models import SignOnLetter
from legislation import profile_panels
from legislation.models import Measure

_SHOWN = 10


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
