"""What this room adds to the page of a measure, the analyses of it; and to that of a material, its findings."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest
from advocacy.positions.material_uses import SHOWN, MaterialUse, material_uses
from advocacy.positions.models import Material
from advocacy.research.models import Analysis, FindingUse
from legislation import profile_panels
from legislation.models import Measure

_SHOWN = 10


@profile_panels.measure_panels.register("analyses", order=32)
def analyses(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Nothing where there is none."""
    found = Analysis.objects.visible_to(request.user).current().filter(measures=measure)
    rows = list(found.select_related("chapter")[:_SHOWN])
    return profile_panels.Panel("research/panels/measure_analyses.html", {"rows": rows}) if rows else None


@material_uses.register("findings")
def findings(material: Material, user: User) -> Iterable[MaterialUse]:
    rows = FindingUse.objects.visible_to(user).filter(material_on_file=material).select_related("finding")
    for row in rows[:SHOWN]:
        yield MaterialUse(_("Finding"), str(row.finding), row.used_on, row.finding.get_absolute_url())
