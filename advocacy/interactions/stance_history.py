"""The stances of one official: all words, newest first, and what held at the end of a day."""

from collections.abc import Hashable
from datetime import date

from django.utils.functional import cached_property

from advocacy.accounts.models import User
from advocacy.interactions.standings import Word, history_of, standing
from advocacy.positions.models import Tracking
from legislation.models import Official


class StanceHistory:
    """What was noted of an official, and what the record shows on the measures that somebody follows.

    The public record alone would bury it: a member votes a thousand times in a session.
    """

    def __init__(self, official: Official, *, user: User, day: date) -> None:
        self.official, self.user, self.day = official, user, day

    @cached_property
    def words(self) -> list[Word]:
        """What was known by the end of the day, newest first."""
        followed = Tracking.objects.visible_to(self.user).order_by().values_list("measure", flat=True)
        found = history_of(self.official.pk, user=self.user, topics=set(followed))
        return [word for word in found if word.on is None or word.on <= self.day]

    @cached_property
    def standings(self) -> list[Word]:
        """The word that held on each measure and issue, the newest first."""
        about: dict[Hashable, list[Word]] = {}
        for word in self.words:
            topic = word.topic
            about.setdefault((type(topic), topic.pk if topic else None), []).append(word)
        held = [standing(words, self.day) for words in about.values()]
        return sorted((word for word in held if word), key=lambda word: word.weight, reverse=True)
