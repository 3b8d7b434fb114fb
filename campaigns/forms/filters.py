"""What a list of campaigns shows."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from campaigns.models import Campaign, CampaignKind, CampaignQuerySet, Status
from legislation.models import Measure
from members.access import reach_of
from members.models import Chapter

MINE, CHAPTERS = "mine", "chapters"
ANY = [("", _("Any"))]
# Each order is total, and its first field is never empty.
ORDERS = {"": ("-created_at", "-pk"), "moved": ("-status_at", "-pk"), "name": ("name", "pk")}


class CampaignFilters(forms.Form):
    """An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Name of the campaign"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name of the campaign"), "type": "search"}),
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[
            ("", _("Everything I can see")),
            (MINE, _("Mine: begun by me, or I answer for it")),
            (CHAPTERS, _("My chapters’")),
        ],
        required=False,
    )
    status = forms.ChoiceField(label=_("Status"), choices=[*ANY, *Status.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *CampaignKind.choices], required=False)
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )
    measure = forms.ModelChoiceField(
        label=_("Measure"), queryset=Measure.objects.none(), required=False, empty_label=_("Any")
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Newest first")), ("moved", _("Last moved first")), ("name", _("By name"))],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        seen = Campaign.objects.visible_to(user).order_by().values("pk")
        taking_part = Campaign.chapters.through.objects.filter(campaign__in=seen).values("chapter")
        about = Campaign.measures.through.objects.filter(campaign__in=seen).values("measure")
        chapters = Chapter.objects.visible_to(user).filter(pk__in=taking_part)
        measures = Measure.objects.visible_to(user).filter(pk__in=about).select_related("session")
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]  # a ModelChoiceField

    def narrow(self, rows: CampaignQuerySet) -> CampaignQuerySet:
        """Those that pass every filter."""
        self.is_valid()
        said = self.cleaned_data
        plain = {"status": said.get("status"), "kind": said.get("kind")}
        found = rows.filter(**{name: value for name, value in plain.items() if value})
        if text := said.get("q"):
            found = found.filter(Q(name__icontains=text) | Q(name_fr__icontains=text))
        if chapter := said.get("chapter"):
            joined = Campaign.chapters.through.objects.filter(chapter=chapter).values("campaign")
            found = found.filter(Q(chapter=chapter) | Q(pk__in=joined))
        if measure := said.get("measure"):
            about = Campaign.measures.through.objects.filter(measure=measure).values("campaign")
            found = found.filter(pk__in=about)
        return self._whose(found, said.get("whose", ""))

    def _whose(self, rows: CampaignQuerySet, whose: str) -> CampaignQuerySet:
        if whose == MINE:
            return rows.filter(Q(created_by=self.user) | Q(owner=self.user))
        return rows.filter(chapter__in=reach_of(self.user).belongs_to) if whose == CHAPTERS else rows

    @property
    def order(self) -> tuple[str, ...]:
        return ORDERS[self.cleaned_data.get("sort", "")]
