"""Files of people who come to an Advocacy Day: what a row means, and when it changes nothing."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from advocacy.accounts.models import Language
from advocacy.audit.importing import AuditedResource
from advocacy.events.actions import places
from advocacy.events.models import AdvocacyEvent, Registration, TeamRole
from members.models import Chapter


class RegistrationRowForm(forms.Form):
    """What the columns mean, for whoever prepares a file."""

    event = forms.IntegerField(help_text=gettext_lazy("The number of the Advocacy Day, as in its address."))
    email = forms.EmailField(help_text=gettext_lazy("A person is known by their address. You vouch for it."))
    name = forms.CharField(max_length=150)
    employer = forms.CharField(max_length=150, required=False)
    chapter = forms.CharField(required=False, help_text=gettext_lazy("The short name of the chapter."))
    language = forms.ChoiceField(choices=Language.choices, required=False)
    wished_role = forms.ChoiceField(choices=TeamRole.choices, required=False)
    access_needs = forms.CharField(max_length=300, required=False)
    diet = forms.CharField(max_length=200, required=False)
    topics = forms.CharField(max_length=300, required=False)


class RegistrationResource(AuditedResource):
    """One row is one person at one event, known by their address. Districts are found on their page."""

    row_form = RegistrationRowForm
    example = (
        "event,email,name,employer,chapter,language,wished_role,access_needs,diet,topics",
        "1,kim.ito@example.org,Kim Ito,Harbor Clinic,gulf-prairie,en,asker,Step-free,,Data exchange",
    )
    event = Field("event", "event", ForeignKeyWidget(AdvocacyEvent, "pk"))
    chapter = Field("chapter", "chapter", ForeignKeyWidget(Chapter, "slug"))

    class Meta(AuditedResource.Meta):
        model = Registration
        import_id_fields = ("event", "email")
        fields = (
            "event", "email", "name", "employer", "chapter", "language", "wished_role", "access_needs", "diet",
            "topics",
        )  # fmt: skip

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """The same address in any case."""
        address = str(row.get("email") or "").strip()
        stored = Registration.objects.filter(event=_number(row), email__iexact=address)
        row["email"] = stored.values_list("email", flat=True).first() or address

    def init_instance(self, row: Any = None) -> Registration:
        new: Registration = super().init_instance(row)
        new.registered_at = new.proven_at = timezone.now()
        return new

    def before_save_instance(self, instance: Registration, row: Any, **kwargs: Any) -> None:
        """Who is new gets a place, or waits, by the rule that holds for everybody."""
        if instance.pk is None:
            event = places.locked(instance.event)
            if event.is_over:
                raise ValueError(_("This Advocacy Day is over."))
            instance.status = places.status_of_the_next(event)


def _number(row: dict[str, Any]) -> int:
    text = str(row.get("event") or "").strip()
    return int(text) if text.isdecimal() and len(text) < 19 else 0
