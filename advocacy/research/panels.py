"""What this room adds to the page of a measure: the analyses of it."""

from advocacy.accounts.requests import SignedInRequest
from advocacy.research.models import Analysis
from legislation import profile_panels
from legislation.models import Measure

_SHOWN = 10


@profile_panels.measure_panels.register("analyses", order=32)
def analyses(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Nothing where there is none."""
    found = Analysis.objects.visible_to(request.user).current().filter(measures=measure)
    rows = list(found.select_related("chapter")[:_SHOWN])
    return profile_panels.Panel("research/panels/measure_analyses.html", {"rows": rows}) if rows else None
