"""Taking the demo away.

The issues and the names of jurisdictions stay, and what a real source said about real officials. Everything
else goes: the invented record, all people, chapters and contacts, and the measures noted while playing.
"""

from django.apps import apps
from django.db import connection, models, transaction

from advocacy.accounts.models import User
from advocacy.portal.demo.record import SCHEME
from legislation.models import (
    Chamber,
    Committee,
    CommitteeMembership,
    Correction,
    Disposition,
    Division,
    FactCheck,
    FactReport,
    Hearing,
    LeaverDecision,
    LegislativeSession,
    MapEdition,
    Measure,
    MeasureEvent,
    Official,
    SavedSearch,
    Seat,
    Source,
    SourceRecord,
    Staffer,
    Tenure,
)
from members.models import Society

# Lists that come with the portal, and what Django keeps for itself.
_KEPT_APPS = {"legislation", "contenttypes"}
_KEPT_MODELS = {"auth.permission", "positions.issue"}


class NotADemo(RuntimeError):
    """A real society's data is never removed by a command."""

    def __init__(self, society: Society) -> None:
        self.society = society
        super().__init__(str(society))


@transaction.atomic
def remove() -> bool:
    """Remove the demo and all that was done in it. False when nothing is here. Raises NotADemo."""
    society = Society.objects.first()
    if society is None:
        return False
    if not society.is_demo:
        raise NotADemo(society)
    _forget_people_in_the_record()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in _KEPT_APPS and model._meta.label_lower not in _KEPT_MODELS:
            _empty(model)
    _remove_invented_record()
    return True


def _empty(model: type[models.Model]) -> None:
    """All rows at once, whatever refers to them: references are checked when the transaction ends."""
    if model._meta.managed and not model._meta.proxy:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (our own name)


def _forget_people_in_the_record() -> None:
    """Real officials stay; who of the demo's people touched their record does not.

    Staffers they added go, and so does what is nothing but theirs: corrections, checks, reports, decisions, searches,
    what they confirmed at the end of a session, and the ledger of changes, which nobody is left to hear of.
    """
    mine = (Correction, Disposition, FactReport, FactCheck, LeaverDecision, SavedSearch, MeasureEvent)
    for told in mine:
        told._default_manager.all().delete()
    Staffer.objects.filter(added_by__isnull=False).delete()
    for model in apps.get_app_config("legislation").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                touched = model._default_manager.filter(**{f"{field.name}__isnull": False})
                touched.update(**{field.name: None})


def _remove_invented_record() -> None:
    Hearing.objects.all().delete()
    invented = Official.objects.filter(source__key=SCHEME)
    seats = list(Tenure.objects.filter(official__in=invented).values_list("seat", flat=True))
    chambers = list(Chamber.objects.filter(seats__in=seats).values_list("pk", flat=True))
    committees = Committee.objects.filter(scheme=SCHEME)
    CommitteeMembership.objects.filter(committee__in=committees).delete()
    Staffer.objects.filter(committee__in=committees).delete()
    for model in apps.get_app_config("legislation").get_models():
        if any(field.name == "official" for field in model._meta.get_fields()):
            model._default_manager.filter(official__in=invented).delete()
    SourceRecord.objects.filter(source__key=SCHEME).delete()
    committees.delete()
    invented.delete()
    Seat.objects.filter(pk__in=seats, tenures__isnull=True).delete()
    Chamber.objects.filter(pk__in=chambers, seats__isnull=True, committees__isnull=True).delete()
    MapEdition.objects.filter(files__source__key=SCHEME).delete()
    Division.objects.filter(seats__isnull=True, shapes__isnull=True, postal_districts__isnull=True).delete()
    Measure.objects.all().delete()
    LegislativeSession.objects.all().delete()
    Source.objects.filter(key=SCHEME).delete()
