"""How long people of one Advocacy Day walk from one meeting to the next."""

from advocacy.events.models import AdvocacyEvent, Appointment, Walk


class Walks:
    """The walks of one event, read once."""

    def __init__(self, event: AdvocacyEvent) -> None:
        self._otherwise = event.walk_unless_known
        rows = Walk.objects.filter(start__event=event).values_list("start", "end", "minutes")
        self._known = {frozenset((start, end)): minutes for start, end, minutes in rows}

    def minutes(self, here: Appointment, there: Appointment) -> int:
        """None within a building, and none where nobody said which building it is."""
        if here.building_id is None or there.building_id is None or here.building_id == there.building_id:
            return 0
        return self._known.get(frozenset((here.building_id, there.building_id)), self._otherwise)
