"""What can be wrong with an act on a sign-on letter, or on what we keep of partners, in sentences of the field."""


class MayNotWrite(PermissionError):
    """The person keeps nothing for this chapter, or for the society."""


class MayNotDecide(PermissionError):
    """The decision is somebody else's, or the person brought the letter in."""


class Locked(RuntimeError):
    """The hard deadline has passed, or the letter was locked: nothing is decided or answered any more."""


class NeedsReason(ValueError):
    """No, a wish for changes, and what comes late are said with a reason."""


class NeedsName(ValueError):
    """A signature stands under a name, and says who approved it."""


class TextIsSigned(RuntimeError):
    """Somebody has signed this text: it does not change under their name."""


class DeadlineBeforeAnswers(ValueError):
    """Somebody answered after the moment that is to be the deadline."""


class NotSignedByUs(RuntimeError):
    """Others are invited, and a letter of ours is sent, only once our own signature is approved."""


class NotOurLetter(RuntimeError):
    """A partner leads this letter: the invitations to it are theirs."""


class WrongMoment(RuntimeError):
    """The letter does not stand where this step begins: somebody was faster, or another step comes first."""


class NotOfThisPartner(ValueError):
    """The person works for another organization than the one they are said to have come for."""
