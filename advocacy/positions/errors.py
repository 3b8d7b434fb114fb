"""Refusals of this room, in the words of the field."""

from legislation.models import Measure


class NumberTaken(ValueError):
    """The session has a measure with this number already."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(str(measure))
        self.measure = measure


class AlreadyFollowed(ValueError):
    """The chapter, or the society, follows this measure already."""
