"""A wire between two processes that can be cut, slowed, or made to swallow what is said."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Wire:
    """To a server on loopback. `seconds` is how long each word takes, each way.

    `cuts_after(words)` is asked of what the client says: the server still hears it, but its answer is lost.
    """

    to_port: int
    seconds: float = 0.0
    is_swallowing: bool = False
    is_refusing: bool = False
    cuts_after: Callable[[bytes], bool] = lambda words: False
    port: int = 0
    cut: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def hang_up(self) -> None:
        """End every call there is."""
        for line in self._open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            if self.is_refusing:
                client.close()
                continue
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.to_port), timeout=10)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        for line in (client, server):
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open += [client, server]
        back = threading.Thread(target=self._pump, args=(server, client, False), daemon=True)
        back.start()
        self._pump(client, server, True)
        back.join(1)
        for line in (client, server):
            line.close()

    def _pump(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        with suppress(OSError):
            while words := source.recv(65536):
                if self.is_swallowing:
                    continue
                if self.seconds:
                    time.sleep(self.seconds)
                if is_asking and self.cuts_after(words):
                    self.cut += 1
                    self._lose_the_answer(source, target, words)
                    return
                target.sendall(words)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _lose_the_answer(self, client: socket.socket, server: socket.socket, words: bytes) -> None:
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        server.sendall(words)
        # Long enough for the server to do what it was asked; it answers into the void.
        time.sleep(0.1)
        server.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        wire = Wire(port)
        wire.port = listener.getsockname()[1]
        threading.Thread(target=wire.serve, args=(listener,), daemon=True).start()
        try:
            yield wire
        finally:
            # Wakes the one who listens.
            listener.shutdown(socket.SHUT_RDWR)
            wire.hang_up()
