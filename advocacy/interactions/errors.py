"""What can be wrong with an act on the log, in sentences of the field."""


class NotAllowedToLogHere(PermissionError):
    """The person holds no role that logs for this chapter."""


class NotAllowedToChange(PermissionError):
    """The record is neither the person's own nor their chapter's, or they may not see it at all."""


class InTheFuture(ValueError):
    """A contact that has not happened yet is planned, not logged."""


class ChangedMeanwhile(RuntimeError):
    """Somebody saved the record between opening and saving it."""


class AlreadyDeleted(RuntimeError):
    """The record was deleted meanwhile."""


class CannotJoinRestricted(PermissionError):
    """A restricted record belongs to one chapter alone."""


class NotAllowedToAskHere(PermissionError):
    """The person does not belong to this chapter, and cannot ask for a meeting in its name."""


class BeforeTheRequest(ValueError):
    """An answer or a meeting that came before the request."""
