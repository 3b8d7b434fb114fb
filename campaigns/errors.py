"""What can be wrong with an act on a campaign, in sentences of the field."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class MayNotRun(PermissionError):
    """The person does not answer for this campaign."""


class MayNotDecide(PermissionError):
    """The person may not approve it: they hold no role that does, or it is their own."""


class WrongStatus(RuntimeError):
    """The campaign is not where this move begins: somebody was faster, or it never was."""


class NotReady(RuntimeError):
    """Something is missing; `problems` says what, each with what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class SubmittedAnew(NotReady):
    """What waits is not the version that the person has read."""

    def __init__(self) -> None:
        super().__init__([_("It was submitted anew while you read it. Look at what changed, then decide.")])


class NotWhatWasApproved(RuntimeError):
    """The content differs from the approved version; `problems` says what to do."""

    def __init__(self) -> None:
        words = _("It is no longer what was approved. Choose “Change it” and have it reviewed again.")
        super().__init__(words)
        self.problems = [words]


class AudienceMoved(RuntimeError):
    """The audience is not the one that was approved: `then` and `now` are the counts."""

    def __init__(self, then: int, now: int) -> None:
        words = _("The audience was %(then)d people when it was approved, and is %(now)d now.")
        super().__init__(words % {"then": then, "now": now})
        self.then, self.now = then, now


class NotToEdit(RuntimeError):
    """What was submitted or approved stays as it is until it is taken back to draft."""


class MayNotChoose(PermissionError):
    """The person may not put this into the campaign; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(_("Only staff choose this: %(what)s.") % {"what": what})
        self.what = what
