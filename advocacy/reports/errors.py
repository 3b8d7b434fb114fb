"""What can go wrong with a report, in the field's words."""


class ReportError(Exception):
    """Base of the errors that a person can cause."""


class ChangedMeanwhile(ReportError):
    """Somebody else saved the report since this person opened it."""


class NotOpenForThat(ReportError):
    """The report is in no state for this step."""


class StillRunning(ReportError):
    """A month cannot be locked before it is over everywhere."""


class AlreadyLocked(ReportError):
    """The month has been issued; it can only be restated."""


class NotLocked(ReportError):
    """Only an issued month can be restated."""


class NotAllowed(ReportError):
    """Only the lead and staff issue numbers."""
