"""Ringing for a worker, without keeping whoever rings: a broker may be gone, or take the call and never answer."""

import logging
import time
from collections.abc import Sequence

from celery import Celery
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
# A person waits while we ring. The worker's own connection has more patience: it listens for a second at a time.
_QUICK = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
_SECONDS_OF_SILENCE = 5.0
# A broker that has just not answered is left alone for a moment: many bells would cost many seconds.
_silent_until: dict[str, float] = {}


def ring(app: Celery, task: str, args: Sequence[object] = ()) -> bool:
    """Tell a worker that there is something to do. False where the broker did not hear it: the sweep looks anyway."""
    broker = str(app.conf.broker_url)
    if time.monotonic() < _silent_until.get(broker, 0.0):
        return False
    options = {**(app.conf.broker_transport_options or {}), **_QUICK}
    try:
        with app.connection_for_write(transport_options=options) as line:
            app.send_task(task, args=list(args), connection=line, retry=False, ignore_result=True)
    except OperationalError:
        _silent_until[broker] = time.monotonic() + _SECONDS_OF_SILENCE
        return False
    return True
