"""What can be wrong with an act on research, in sentences of the field."""


class MayNotWrite(PermissionError):
    """The person keeps no research of this chapter, or of the society."""


class MayNotReview(PermissionError):
    """Somebody else than the author reads an analysis before it is published, and may do so for its holder."""


class NeedsCitation(ValueError):
    """An analysis names its sources before anybody is asked to review it."""


class NeedsConfirmation(ValueError):
    """The reviewer says that the analysis names no party, no candidate and no election."""


class NeedsReason(ValueError):
    """What goes back to its author says what should change."""


class WrongMoment(RuntimeError):
    """It does not stand where this step begins: somebody was faster, or another step comes first."""
