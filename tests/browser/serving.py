"""The portal itself, on a free port of this machine, in a thread of the test process.

The same server as the embedded portal's (waitress, threads), so that the frozen clock and the settings of a test hold
in it too, and two requests at once are two connections.
"""

import threading
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from advocacy.wsgi import application

THREADS = 6
# Each open window of the browser keeps a handful of connections.
MOST_CONNECTIONS = 1000
SECONDS_TO_STOP = 5


class Portal:
    def __init__(self, port: int = 0) -> None:
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._sockets,
            host="127.0.0.1",
            port=port,
            threads=THREADS,
            connection_limit=MOST_CONNECTIONS,
        )
        self._thread = threading.Thread(target=self._server.run, name="portal", daemon=True)
        self.url = f"http://127.0.0.1:{self._server.effective_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """The loop ends by itself once it has no socket left; only its own thread may close them."""
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets, ignore_all=True))
        self._thread.join(SECONDS_TO_STOP)
        self._server.task_dispatcher.shutdown()
