"""What research keeps of a person: quotes under their name. A name proves nothing, so that only staff forget by it."""

from datetime import datetime

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.folding import fold
from advocacy.research.models import Consent, Quote
from members.erasing import Keeper, Person, keepers


def _rows(person: Person) -> list[int]:
    named = Quote.objects.exclude(speaker_name="").values_list("pk", "speaker_name") if person.names else ()
    return [pk for pk, name in named if fold(name) in person.names]


def _words(count: int) -> str:
    text = ngettext(
        "%(count)d quote under the same name, which then nobody may use",
        "%(count)d quotes under the same name, which then nobody may use",
        count,
    )
    return text % {"count": count}


def _erase(person: Person, by: User | None, now: datetime) -> None:
    """The consent goes with the person; what was said stays for whoever edits the record, without who said it."""
    for quote in Quote.objects.filter(pk__in=_rows(person)):
        Quote.objects.filter(pk=quote.pk).update(
            consent=Consent.NONE, speaker_name="", speaker_role="", consent_reference=""
        )
        trail.record(by=by, verb="erased", of=quote)


keepers.register("research", order=40)(
    Keeper(lambda address: (), lambda person: len(_rows(person)), _words, _erase)
)
