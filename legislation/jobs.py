"""Long work on the public record."""

from typing import Any

from django.utils import timezone

from advocacy.jobs.kinds import job
from advocacy.jobs.progress import Progress
from legislation.actions import feeds
from legislation.models import Feed
from legislation.sources import download


@job(feeds.SYNC)
def sync(progress: Progress, *, feed: int) -> dict[str, Any]:
    """Bring one feed up to date."""
    with download.client() as web:
        return feeds.sync(
            Feed.objects.select_related("source").get(pk=feed), now=timezone.now(), web=web, progress=progress
        )
