"""The filters of the board, what is decided about a followed measure, and a note on it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.kernel.picking import RowsField
from advocacy.positions.actions.trackings import Triage
from advocacy.positions.models import TRACKED_TIERS, Effect, Issue, Likelihood, Tier, Tracking
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import Jurisdiction
from members.access import chapters_to_track_for, people_visible_to, people_who_log_for, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

MINE, CHAPTERS, SOCIETY = "mine", "chapters", "society"
UNTRIAGED = "0"
_NOT_SAID = [("", _("Not said"))]


class BoardFilters(forms.Form):
    """What the board shows. An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[
            ("", _("Everything I can see")),
            (MINE, _("Mine, or watched by me")),
            (CHAPTERS, _("My chapters’")),
            (SOCIETY, _("The society’s")),
        ],
        required=False,
    )
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )
    jurisdiction = forms.ModelChoiceField(
        label=_("Jurisdiction"), queryset=Jurisdiction.objects.none(), required=False, empty_label=_("Any")
    )
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.none(), required=False, empty_label=_("Any")
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Any")
    )
    tier = forms.ChoiceField(
        label=_("Tier"),
        choices=[("", _("All but the archive")), (UNTRIAGED, _("To triage")), *Tier.choices],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        followed = Tracking.objects.visible_to(user).order_by()
        places = Jurisdiction.objects.filter(pk__in=followed.values("measure__session__jurisdiction"))
        owners = people_visible_to(user).filter(pk__in=followed.values("owner")).order_by("full_name", "pk")
        self._offer("chapter", Chapter.objects.visible_to(user).filter(pk__in=followed.values("chapter")))
        self._offer("jurisdiction", places)
        self._offer("issue", Issue.objects.visible_to(user).current())
        self._offer("owner", owners)

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def narrow(self, rows: TrackingQuerySet) -> TrackingQuerySet:
        """Those that pass every filter but the one of the tier, which chooses the columns."""
        self.is_valid()
        said = self.cleaned_data
        by_field = {
            "chapter": said.get("chapter"),
            "measure__session__jurisdiction": said.get("jurisdiction"),
            "owner": said.get("owner"),
        }
        found = rows.filter(**{name: value for name, value in by_field.items() if value})
        if issue := said.get("issue"):
            found = found.filter(
                pk__in=Tracking.issues.through.objects.filter(issue=issue).values("tracking")
            )
        return self._whose(found, said.get("whose", ""))

    def _whose(self, rows: TrackingQuerySet, whose: str) -> TrackingQuerySet:
        reach = reach_of(self.user)
        if whose == MINE:
            return rows.looked_after_by(self.user)
        if whose == CHAPTERS:
            return rows.filter(chapter__in=reach.belongs_to | reach.reads)
        return rows.filter(chapter=None) if whose == SOCIETY else rows

    @property
    def tiers(self) -> list[int | None]:
        """The columns to show: those that wait for a tier, then 1 to 3, or the one asked for."""
        said = self.cleaned_data.get("tier", "")
        if not said:
            return [None, *TRACKED_TIERS]
        return [None if said == UNTRIAGED else int(said)]


class HolderField(forms.ChoiceField):
    """For whom: one of the chapters that the person decides for, or for staff the society."""

    def offer(self, user: User, *, without: set[int | None], empty: str = "") -> None:
        """All but those that follow it already; the person's first chapter comes first."""
        reach = reach_of(user)
        chapters = [one for one in chapters_to_track_for(user) if one.pk not in without]
        chapters.sort(key=lambda one: one.pk != reach.primary_chapter_id)
        self.holders: dict[str, Chapter | None] = {str(one.pk): one for one in chapters}
        if reach.is_staff and None not in without:
            self.holders = {SOCIETY: None, **self.holders}
        labels = [(key, str(one) if one else _("The society")) for key, one in self.holders.items()]
        self.choices = [*([("", empty)] if empty else []), *labels]
        self.initial = next(iter(self.holders), "")


class TriageForm(forms.Form):
    """What is decided about a measure that is followed: how hard we work on it, who, and why."""

    tier = forms.ChoiceField(
        label=_("Tier"),
        widget=forms.RadioSelect(attrs={"class": "pills"}),
        required=False,
        help_text=_("Lead: work every week. Engage: testify, sign on. Monitor: know what happens."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    issues = RowsField(
        label=_("Issues"),
        queryset=Issue.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one issue.")},
    )
    effect = forms.ChoiceField(
        label=_("Effect on us if it became law"), choices=[*_NOT_SAID, *Effect.choices], required=False
    )
    likelihood = forms.ChoiceField(
        label=_("How likely is that?"), choices=[*_NOT_SAID, *Likelihood.choices], required=False
    )
    why = forms.CharField(
        label=_("Why it matters"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who sees that it is followed reads this. 500 characters at most."),
    )

    def __init__(
        self, *args: Any, user: User, today: date, tracking: Tracking | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tier = tracking.tier if tracking else None
        later = [] if tier else [("", _("Decide later"))]
        self.fields["tier"].choices = [*later, *((one.value, one.label) for one in TRACKED_TIERS)]  # type: ignore[attr-defined]
        self.fields["tier"].required = bool(tier)
        held = tracking.issues.values("pk") if tracking else Issue.objects.none().values("pk")
        offered = Issue.objects.filter(Q(is_retired=False) | Q(pk__in=held))
        self.fields["issues"].queryset = offered  # type: ignore[attr-defined]
        if tracking:
            self.offer_owners(tracking.chapter, today, keep=tracking.owner_id)
            self.initial = {**_as_decided(tracking), **self.initial}

    def offer_owners(self, chapter: Chapter | None, today: date, keep: int | None = None) -> None:
        """Colleagues who may look after it; whoever does so now stays on offer."""
        may = people_who_log_for(chapter, today)
        people = UserQuerySet(User).filter(Q(pk__in=may.values("pk")) | Q(pk=keep or 0))
        self.fields["owner"].queryset = people.order_by("full_name", "pk")  # type: ignore[attr-defined]

    def triage(self) -> Triage:
        said = self.cleaned_data
        return Triage(
            tier=Tier(int(said["tier"])) if said["tier"] else None,
            owner=said["owner"],
            why=said["why"],
            effect=said["effect"],
            likelihood=said["likelihood"],
            issues=list(said["issues"]),
        )


def _as_decided(tracking: Tracking) -> dict[str, Any]:
    return {
        "tier": tracking.tier or "",
        "owner": tracking.owner_id,
        "issues": [issue.pk for issue in tracking.issues.all()],
        "effect": tracking.effect,
        "likelihood": tracking.likelihood,
        "why": tracking.why,
    }


class FollowForm(TriageForm):
    """Begin to follow a measure, and decide about it at once or later."""

    field_order = ("holder",)

    holder = HolderField(label=_("For whom?"))

    def __init__(
        self, *args: Any, user: User, today: date, followed_by: set[int | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, user=user, today=today, **kwargs)
        holder: HolderField = self.fields["holder"]  # type: ignore[assignment]
        holder.offer(user, without=followed_by)
        chosen = str(self.data.get("holder") or holder.initial)
        self.offer_owners(holder.holders.get(chosen), today)
        if self.fields["owner"].queryset.filter(pk=user.pk).exists():  # type: ignore[attr-defined]
            self.initial = {"owner": user.pk, **self.initial}

    @property
    def is_possible(self) -> bool:
        """Whether there is still somebody to follow it for."""
        return bool(self.fields["holder"].holders)  # type: ignore[attr-defined]  # a HolderField

    @property
    def chapter(self) -> Chapter | None:
        return self.fields["holder"].holders[self.cleaned_data["holder"]]  # type: ignore[attr-defined, no-any-return]


class NoteForm(forms.Form):
    """A remark for colleagues, and who of them may read it."""

    text = forms.CharField(label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    confidentiality = forms.ChoiceField(
        label=_("Who may read this note?"),
        choices=Confidentiality.choices,
        initial=Confidentiality.CHAPTER,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
        help_text=_(
            "Shared: everybody who sees that it is followed. Chapter only: the chapter, its vice chair and staff. "
            "Restricted: you, the chapter’s advocates and staff; in no mail and no file."
        ),
    )


class RestoreForm(forms.Form):
    """The tier to bring an archived measure back to."""

    tier = forms.TypedChoiceField(
        label=_("Tier"),
        coerce=lambda value: Tier(int(value)),
        choices=[(one.value, one.label) for one in TRACKED_TIERS],
    )
