"""The filters of the log: each in the URL, each a condition on what the reader may see."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.interactions.forms.contact import date_input
from advocacy.interactions.models import Ask, AskResponse, Credit, Kind, Office, Topic
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.positions.models import Issue
from legislation.models import Chamber, Jurisdiction, Measure, Official, PartyAffiliation
from members.access import people_visible_to
from members.models import Chapter

ANY = [("", _("Any"))]


class LogFilters(forms.Form):
    """Which contacts to show. An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the log"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search the log")}),
    )
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )
    advocate = forms.CharField(label=_("Advocate (part of a name)"), max_length=80, required=False)
    person = forms.ModelChoiceField(
        label=_("Advocate"), queryset=User.objects.none(), required=False, widget=forms.HiddenInput
    )
    official = forms.ModelChoiceField(
        label=_("Official"), queryset=Official.objects.none(), required=False, widget=forms.HiddenInput
    )
    jurisdiction = forms.ModelChoiceField(
        label=_("Jurisdiction"), queryset=Jurisdiction.objects.none(), required=False, empty_label=_("Any")
    )
    body = forms.ModelChoiceField(
        label=_("Chamber"), queryset=Chamber.objects.none(), required=False, empty_label=_("Any")
    )
    party = forms.ChoiceField(label=_("Party"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *Kind.choices], required=False)
    outcome = forms.ChoiceField(label=_("Response"), choices=[*ANY, *AskResponse.choices], required=False)
    measure = forms.ModelChoiceField(
        label=_("Measure"), queryset=Measure.objects.none(), required=False, widget=forms.HiddenInput
    )
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.none(), required=False, empty_label=_("Any")
    )
    since = forms.DateField(label=_("From"), required=False, widget=date_input())
    until = forms.DateField(label=_("To"), required=False, widget=date_input())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("chapter", Chapter.objects.visible_to(user))
        self._offer("person", people_visible_to(user))
        self._offer("official", Official.objects.visible_to(user))
        self._offer(
            "jurisdiction", Jurisdiction.objects.visible_to(user).filter(chambers__isnull=False).distinct()
        )
        self._offer("body", Chamber.objects.visible_to(user).select_related("jurisdiction"))
        self._offer("measure", Measure.objects.visible_to(user).select_related("session"))
        self._offer("issue", Issue.objects.visible_to(user))
        parties = PartyAffiliation.objects.visible_to(user).order_by("party").values_list("party", flat=True)
        self.fields["party"].choices = [*ANY, *((party, party) for party in parties.distinct())]  # type: ignore[attr-defined]

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return self.cleaned_data

    def narrow(self, interactions: InteractionQuerySet) -> InteractionQuerySet:
        """The contacts that pass every filter given."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        for name, value in given.items():
            interactions = _FILTERS[name](interactions, value)
        return interactions


def _named_in(parties: models.QuerySet[Any]) -> Q:
    """Contacts that one of these rows belongs to; by key, since filters leave few of many."""
    return Q(pk__in=parties.order_by().values("interaction"))


def _of_party(interactions: InteractionQuerySet, party: str) -> InteractionQuerySet:
    members = PartyAffiliation.objects.in_force(timezone.localdate()).filter(party=party).values("official")
    return interactions.filter(_named_in(Office.objects.filter(official__in=members)))


_FILTERS: dict[str, Any] = {
    "q": lambda rows, text: rows.search(text),
    "chapter": lambda rows, chapter: rows.filter(_named_in(Credit.objects.filter(chapter=chapter))),
    "advocate": lambda rows, name: rows.by_any_of(UserQuerySet(User).search(name)),
    "person": lambda rows, person: rows.by_any_of(UserQuerySet(User).filter(pk=person.pk)),
    "official": lambda rows, official: rows.with_official(official),
    "jurisdiction": lambda rows, place: rows.filter(_named_in(Office.objects.filter(jurisdiction=place))),
    "body": lambda rows, chamber: rows.filter(_named_in(Office.objects.filter(seat__chamber=chamber))),
    "party": _of_party,
    "kind": lambda rows, kind: rows.filter(kind=kind),
    "outcome": lambda rows, response: rows.filter(_named_in(Ask.objects.filter(response=response))),
    "measure": lambda rows, measure: rows.filter(_named_in(Topic.objects.filter(measure=measure))),
    "issue": lambda rows, issue: rows.filter(_named_in(Topic.objects.filter(issue=issue))),
    "since": lambda rows, day: rows.filter(occurred_on__gte=day),
    "until": lambda rows, day: rows.filter(occurred_on__lte=day),
}
