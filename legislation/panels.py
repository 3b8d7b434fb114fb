"""What the public record itself adds to the page of a measure."""

from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest
from legislation import profile_panels
from legislation.models import CommentPeriod, Hearing, Measure

_MOST_SHOWN = 10


@profile_panels.measure_panels.register("comments", order=14)
def comments_on(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Until when comments are taken, and what became of ours; nothing where nobody asks for any."""
    rows = CommentPeriod.objects.visible_to(request.user).filter(measure=measure)
    period = rows.select_related("comment_lead").first()
    if period is None:
        return None
    context = {"period": period, "is_open": period.end > timezone.now()}
    return profile_panels.Panel("legislation/panels/measure_comments.html", context)


@profile_panels.measure_panels.register("hearings", order=15)
def hearings_on(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """The next hearing first, then those before; nothing where none was announced."""
    rows = Hearing.objects.visible_to(request.user).filter(measures=measure).select_related("committee")
    newest = list(rows.order_by("-starts_at", "-pk")[:_MOST_SHOWN])
    if not newest:
        return None
    now = timezone.now()
    context = {
        "ahead": [one for one in reversed(newest) if one.starts_at >= now],
        "earlier": [one for one in newest if one.starts_at < now],
    }
    return profile_panels.Panel("legislation/panels/measure_hearings.html", context)
