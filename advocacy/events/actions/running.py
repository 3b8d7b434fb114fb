from advocacy.accounts.models import User
from advocacy.events.errors import MayNotRun
from advocacy.events.models import AdvocacyEvent


def check_runs(event: AdvocacyEvent, by: User) -> None:
    """Raises MayNotRun where the person does not prepare this day."""
    if not AdvocacyEvent.objects.filter(pk=event.pk).run_by(by).exists():
        raise MayNotRun(event.pk)
