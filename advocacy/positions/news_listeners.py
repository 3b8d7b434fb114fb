"""Who hears that there is news on the record: the planner of alerts."""

import logging

from celery import current_app

from advocacy.kernel import bells
from legislation import news

logger = logging.getLogger(__name__)
PLAN = "advocacy.positions.tasks.plan_alerts"


@news.listeners.register("alerts")
def ring() -> None:
    """A dead broker costs a minute, not an alert: the clock looks anyway."""
    if not bells.ring(current_app, PLAN):
        logger.warning("The broker cannot be reached; alerts wait for the next minute.")
