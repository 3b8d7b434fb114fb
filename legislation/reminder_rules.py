"""What the public record tells people of who asked for it: new measures that a saved search finds."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.models import User
from advocacy.kernel.naming import NAMED_AT_MOST, several
from advocacy.kernel.reminder_rules import Days, Due, Line, MailClass, ReminderRule, reminder_rule
from legislation import feed_gates, feed_health
from legislation.models import Cadence, SearchNews
from legislation.saved_searches import first_known


def _due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """What was found already, in the morning: nothing is searched here."""
    rows = SearchNews.objects.filter(day__range=(days.first, days.last)).exclude(
        search__cadence=Cadence.NEVER
    )
    for pk, owner, day in rows.order_by("day", "pk").values_list("pk", "search__owner", "day"):
        yield Due(owner, str(pk), day)


def _words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Only what the person may still see, and of a search that still alerts."""
    if not feed_gates.are_open_to(person):
        return {}
    rows = SearchNews.objects.visible_to(person).filter(pk__in={int(period) for period in periods})
    rows = rows.exclude(search__cadence=Cadence.NEVER).select_related("search").order_by("pk")
    lines = ((str(news.pk), _line(news, person, today)) for news in rows)
    return {period: line for period, line in lines if line}


def _line(news: SearchNews, person: User, today: date) -> Line | None:
    found = first_known(news.search, person, news.since, news.until, today)
    in_all = found.order_by().count()
    if not in_all:
        return None
    shown = found.select_related("session", "source__feed").order_by("session", "number_key", "pk")
    measures = list(shown[:NAMED_AT_MOST])
    text = ngettext(
        "“%(search)s” finds %(count)d new measure: %(measures)s",
        "“%(search)s” finds %(count)d new measures: %(measures)s",
        in_all,
    )
    words = {
        "search": news.search.name,
        "count": in_all,
        "measures": several([str(one) for one in measures], in_all),
    }
    because = _("You asked to be told what this saved search finds for the first time.")
    known = feed_health.known_from([one.source for one in measures], person.time_zone)
    return Line(text % words, news.search.get_absolute_url(), " ".join([because, *known]))


reminder_rule(
    "legislation.search_news",
    ReminderRule(
        gettext_lazy("New measures that a saved search finds"),
        MailClass.ALERT,
        _due,
        _words,
    ),
)
