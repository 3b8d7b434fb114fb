"""What the bell and the clock ask of this floor. Each may come twice, or not at all."""

from celery import shared_task
from django.utils import timezone

from advocacy.positions.alerts import planner


@shared_task(ignore_result=True)
def plan_alerts() -> None:
    """Tell people what changed on what they follow."""
    planner.tick(timezone.now())
