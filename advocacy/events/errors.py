"""What can be wrong with an act on an Advocacy Day, in sentences of the field."""

from collections.abc import Sequence


class MayNotRun(PermissionError):
    """The person does not prepare this day."""


class WrongMoment(RuntimeError):
    """The day does not stand where this step begins: somebody was faster, or another step comes first."""


class ChangedMeanwhile(RuntimeError):
    """Somebody else saved since the person opened it."""


class AlreadyListed(ValueError):
    """This office is on the list: two teams never go to one office."""


class AlreadyInATeam(ValueError):
    """Somebody is in one team only."""


class NotComing(ValueError):
    """Only somebody with a place joins a team."""


class HasDebrief(RuntimeError):
    """A meeting that was reported stays on record."""


class NotReady(RuntimeError):
    """The schedule cannot be published; `problems` says what stands in the way."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class NotHeldYet(ValueError):
    """The day has not come: nothing was held that could be reported."""


class ReportedAlready(ValueError):
    """Somebody else has filed the debrief of this meeting."""
