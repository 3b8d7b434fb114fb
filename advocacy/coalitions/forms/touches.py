"""Logging a touch in under 90 seconds on a phone; and naming the partners who were at an office with us."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.models import (
    Coalition,
    Grasstops,
    Organisation,
    OrganisationContact,
    OrganisationStatus,
    Touch,
    TouchKind,
)
from advocacy.interactions.forms.contact import date_input, not_before_records
from advocacy.interactions.models import Interaction
from advocacy.kernel.picking import row_keys
from members.access import chapters_to_log_for, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

PERSON, ORGANISATION, COALITION = "grasstops", "organisation", "coalition"
_RECENT = timedelta(days=60)
Offered = list[tuple[Any, list[tuple[str, str]]]]


class TouchForm(forms.Form):
    """With whom, how, when, and a sentence on what was said. Who it was with decides the chapter where it can."""

    hide_optional = True

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    subject = forms.ChoiceField(label=_("With whom?"))
    kind = forms.ChoiceField(
        label=_("How?"),
        choices=TouchKind.choices,
        initial=TouchKind.CALL,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    occurred_on = forms.DateField(label=_("Date"), widget=date_input(), validators=[not_before_records])
    summary = forms.CharField(
        label=_("What was said?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence is enough."),
    )
    chapter = forms.ModelChoiceField(label=_("Chapter"), queryset=Chapter.objects.none(), empty_label=None)
    confidentiality = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Confidentiality.choices,
        initial=Confidentiality.CHAPTER,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    interaction = forms.ModelChoiceField(
        label=_("Belongs to the interaction"),
        queryset=Interaction.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    def __init__(
        self, *args: Any, user: User, today: date, touch: Touch | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today, self.touch = user, today, touch
        chapter: Any = self.fields["chapter"]
        chapter.queryset = chapters_to_log_for(user).order_by("name", "pk")
        if touch:
            del self.fields["form_key"]
            self.initial = {**self._stored(touch), **self.initial}
        else:
            known = {"occurred_on": today, "chapter": reach_of(user).primary_chapter_id}
            self.initial = {**known, **self.initial}
        subject: Any = self.fields["subject"]
        subject.choices = [("", _("Choose")), *self._subjects()]
        interaction: Any = self.fields["interaction"]
        interaction.queryset = self._interactions()

    def _stored(self, touch: Touch) -> dict[str, Any]:
        names = ("kind", "occurred_on", "summary", "chapter", "confidentiality", "interaction")
        about = PERSON if touch.grasstops_id else ORGANISATION if touch.organisation_id else COALITION
        return {name: getattr(touch, name) for name in names} | {"subject": f"{about}-{touch.subject.pk}"}

    def _subjects(self) -> Offered:
        """Those of our contacts, the partners that are not dormant, and the coalitions that go on."""
        people = Grasstops.objects.editable_by(self.user).in_force(self.today)
        partners = Organisation.objects.visible_to(self.user).exclude(status=OrganisationStatus.DORMANT)
        coalitions = Coalition.objects.visible_to(self.user).active(self.today)
        if self.touch:
            people = people | Grasstops.objects.editable_by(self.user).filter(pk=self.touch.grasstops_id or 0)
            partners = partners | Organisation.objects.visible_to(self.user).filter(
                pk=self.touch.organisation_id or 0
            )
            coalitions = coalitions | Coalition.objects.visible_to(self.user).filter(
                pk=self.touch.coalition_id or 0
            )
        named = people.select_related("contact__organisation").order_by("contact__name", "pk")
        found: Offered = [
            (_("People"), [(f"{PERSON}-{row.pk}", f"{row} · {row.contact.organisation}") for row in named]),
            (_("Organizations"), [(f"{ORGANISATION}-{row.pk}", str(row)) for row in partners]),
            (_("Coalitions"), [(f"{COALITION}-{row.pk}", str(row)) for row in coalitions]),
        ]
        return [(label, options) for label, options in found if options]

    def _interactions(self) -> Any:
        """The recent contacts of the chapters one logs for, and the one that is named already."""
        named = row_keys([self.initial.get("interaction") or ""])
        if self.touch and self.touch.interaction_id:
            named.append(self.touch.interaction_id)
        recent = Q(occurred_on__gte=self.today - _RECENT, chapter__in=reach_of(self.user).logs_for)
        rows = Interaction.objects.visible_to(self.user).logged()
        return rows.filter(recent | Q(pk__in=named)).order_by("-occurred_on", "-pk")

    def clean_occurred_on(self) -> date:
        day: date = self.cleaned_data["occurred_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """A contact is one chapter's: the touch is that chapter's too."""
        said = self.cleaned_data
        about, _dash, key = said.get("subject", "").partition("-")
        if about == PERSON:
            said["chapter"] = Grasstops.objects.select_related("chapter").get(pk=key).chapter
        return said

    def filled(self, touch: Touch) -> Touch:
        """`touch` as the form has it."""
        about, _dash, key = self.cleaned_data["subject"].partition("-")
        touch.grasstops = Grasstops.objects.get(pk=key) if about == PERSON else None
        touch.organisation = Organisation.objects.get(pk=key) if about == ORGANISATION else None
        touch.coalition = Coalition.objects.get(pk=key) if about == COALITION else None
        for name in ("kind", "occurred_on", "summary", "chapter", "confidentiality", "interaction"):
            setattr(touch, name, self.cleaned_data[name])
        return touch


class PresenceForm(forms.Form):
    """A partner who was there: the organisation, or one of its people."""

    who = forms.ChoiceField(label=_("Which partner was there?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: dict[int, list[tuple[str, str]]] = {}
        contacts = OrganisationContact.objects.visible_to(user).order_by("name", "pk")
        for contact in contacts:
            people.setdefault(contact.organisation_id, []).append((f"person-{contact.pk}", contact.name))
        partners = Organisation.objects.visible_to(user)
        self.partners = {str(row.pk): row for row in partners}
        self.people = {str(row.pk): row for row in contacts}
        who: Any = self.fields["who"]
        who.choices = [("", _("Choose"))] + [
            (str(row), [(f"{ORGANISATION}-{row.pk}", str(row)), *people.get(row.pk, [])]) for row in partners
        ]

    def chosen(self) -> tuple[Organisation, OrganisationContact | None]:
        about, _dash, key = self.cleaned_data["who"].partition("-")
        if about == ORGANISATION:
            return self.partners[key], None
        contact = self.people[key]
        return self.partners[str(contact.organisation_id)], contact
