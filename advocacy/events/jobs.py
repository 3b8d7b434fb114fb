"""The long work of this floor."""

from typing import Any

from django.utils.translation import gettext as _

from advocacy.events.actions import proposals
from advocacy.events.models import AdvocacyEvent
from advocacy.events.scheduling.problem import Impossible
from advocacy.jobs.kinds import job
from advocacy.jobs.progress import Progress


@job(proposals.PROPOSE)
def propose(progress: Progress, *, event: int, team_count: int | None) -> dict[str, Any]:
    """Teams and times for one Advocacy Day. The search itself takes at most half a minute."""
    progress.step(0, of=2, message=_("Looking for teams and times"))
    try:
        return proposals.work_out(AdvocacyEvent.objects.get(pk=event), team_count)
    except Impossible as problem:
        return {"impossible": [proposals.kept(clash) for clash in problem.clashes]}
