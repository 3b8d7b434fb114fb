"""What a way out must be able to do: offer a message, and only then hand it over."""

from typing import NamedTuple, Protocol

from advocacy.outbox.models.attempt import Phase


class Parcel(NamedTuple):
    """A message as it goes on the wire, with the number of the claim under which it may."""

    pk: int
    fence: int
    sender: str
    recipient: str
    content: bytes


class Answer(NamedTuple):
    """The server's last word about a message. `code` is 2xx where it took it over."""

    code: int
    text: str


class NotOffered(Exception):
    """Before the point of no return: nothing was handed over, whatever happened. `code` None: no answer at all."""

    def __init__(self, phase: Phase, code: int | None, text: str) -> None:
        super().__init__(text)
        self.phase, self.code, self.text = phase, code, text


class Distrusted(NotOffered):
    """The server cannot prove who it is, offers no encryption where we insist on it, or does not accept our sign-in.

    It concerns all mail: a person must look at it, and nothing is said in plain text instead.
    """


class NobodyKnows(Exception):
    """The connection was lost after the first byte: the server may have the message, or not."""

    def __init__(self, phase: Phase, text: str) -> None:
        super().__init__(text)
        self.phase, self.text = phase, text


class Transport(Protocol):
    """One connection, used for one message after another."""

    carrier: str

    def offer(self, parcel: Parcel) -> None:
        """Come so far that only the text is missing. Raises NotOffered: safe to try again."""

    def hand_over(self, parcel: Parcel) -> Answer:
        """Send the text and wait for the answer. Raises NobodyKnows."""

    def take_back(self) -> None:
        """Let go of what was offered; the next message may use the connection."""

    def close(self) -> None: ...
