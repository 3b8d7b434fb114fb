"""What happened, told upwards: rooms above register who wants to hear of it, in a `happening_listeners.py`.

    happenings.tell("interaction.logged", [interaction.pk], at=now)

A listener is called in the transaction of the act and may write rows of its own: they stand or fall with the act. It
must be quick, and it knows no more than a name and keys: what may be said of them, and to whom, is asked later.
Names in use: interaction.logged, measure.changed, campaign.launched, campaign.closed, action.recorded.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from advocacy.kernel.registry import Registry

listeners: Registry[Callable[[str, Collection[int], datetime], None]] = Registry()


def tell(name: str, subjects: Collection[int], *, at: datetime) -> None:
    """The same happened to each of these rows."""
    if not subjects:
        return
    for listener in listeners:
        listener(name, subjects, at)
