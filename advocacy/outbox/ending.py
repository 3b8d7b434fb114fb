"""Whether this process and those it raised are about to end: what is in hand is finished, nothing new is taken."""

import mmap


class Ending:
    """A flag that a process shares with its children: one byte of memory, without a lock that a killed one keeps."""

    def __init__(self) -> None:
        self._byte = mmap.mmap(-1, 1)

    def set(self) -> None:
        self._byte[0] = 1

    def clear(self) -> None:
        self._byte[0] = 0

    def is_set(self) -> bool:
        return self._byte[0] != 0


is_ending = Ending()
