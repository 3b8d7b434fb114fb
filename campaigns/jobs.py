"""The long work of this floor."""

from typing import Any

from django.utils import timezone

from advocacy.jobs.kinds import job
from advocacy.jobs.progress import Progress
from campaigns.actions import mailings
from campaigns.mailing_work import WRITE


@job(WRITE)
def write_mailing(progress: Progress, *, mailing: int) -> dict[str, Any]:
    """Write the mail of one mailing, a thousand readers at a time, from where it stands."""
    done = 0
    while written := mailings.write_more(mailing, now=timezone.now()):
        done += written.count
        progress.step(written.done, of=written.audience)
    return {"readers": done}
