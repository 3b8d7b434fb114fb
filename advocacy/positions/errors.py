"""What can be wrong with an act on a position, a testimony, or a measure we follow, in sentences of the field."""

from legislation.models import Measure


class MayNotPropose(PermissionError):
    """The person holds no role that proposes for this chapter, or for the society."""


class MayNotDecide(PermissionError):
    """The step is not this person's: it is somebody else's, or the proposal is their own."""


class MayNotWithdraw(PermissionError):
    """Neither the person's own proposal nor their chapter's position."""


class MayNotWrite(PermissionError):
    """The person makes no materials for this chapter, or for the society."""


class NotOfThisMeasure(ValueError):
    """The text or the hearing belongs to another measure."""


class WaitsAlready(RuntimeError):
    """The same holder has a proposal on this measure that waits for a decision."""


class NeedsWords(ValueError):
    """A wording, a refusal, and handing it to the nation are said in words."""


class NotUsable(RuntimeError):
    """No approved position of this holder is in force: nothing may be done in its name."""


class AgainstThePosition(ValueError):
    """Testimony speaks for the side of the approved position, or for neither."""


class NumberTaken(ValueError):
    """The session has a measure with this number already."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(str(measure))
        self.measure = measure


class AlreadyFollowed(ValueError):
    """The chapter, or the society, follows this measure already."""


class NotEnded(RuntimeError):
    """The measure is still open: what came of it is recorded once it has ended."""
