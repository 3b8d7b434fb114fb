"""The filters of the lists: activities, analyses, the peer library."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.forms.filters import ANY
from advocacy.positions.models import Issue
from advocacy.research.models import ActivityKind, ActivityStatus, AnalysisKind, AnalysisStatus
from members.models import Chapter


class _Filters(forms.Form):
    """Which rows to show. An unreadable value filters nothing."""

    hide_optional = True
    sorting: tuple[str, ...] = ("-pk",)

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Words")}),
    )
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.none(), required=False, empty_label=_("Any")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = Issue.objects.visible_to(user).current()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.is_valid()

    def narrow(self, rows: Any) -> Any:
        said = self.cleaned_data
        if text := said.get("q"):
            rows = rows.search(text)
        if said.get("issue"):
            rows = rows.filter(issues=said["issue"])
        wanted = {name: said[name] for name in ("kind", "status", "chapter") if said.get(name)}
        return rows.filter(**wanted)


class ActivityFilters(_Filters):
    sorting = ("-held_on", "-pk")
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *ActivityKind.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*ANY, *ActivityStatus.choices], required=False)


class AnalysisFilters(_Filters):
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *AnalysisKind.choices], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*ANY, *AnalysisStatus.choices], required=False)


class LessonFilters(_Filters):
    sorting = ("-written_on", "-pk")
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters: QuerySet[Chapter] = Chapter.objects.filter(peer_lessons__isnull=False)
        self.fields["chapter"].queryset = chapters.order_by("name", "pk").distinct()  # type: ignore[attr-defined]  # as above
