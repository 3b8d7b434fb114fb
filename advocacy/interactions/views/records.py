"""Reading the log: the list, one record, its history; and taking records out and bringing them back."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit import trail
from advocacy.interactions.actions import contacts
from advocacy.interactions.forms.filters import LogFilters
from advocacy.interactions.forms.records import DeleteForm
from advocacy.interactions.history import history
from advocacy.interactions.models import Confidentiality, FollowUp, Impression, Interaction, Proof
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.models.proof import ProofQuerySet
from advocacy.interactions.record_panels import interaction_panels
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.positions.models import Material
from legislation.profile_panels import panels_by_place
from members.access import chapter_logged_for_first, chapters_to_log_for, reach_of

NEWEST_FIRST = ("-occurred_on", "-pk")
OLDEST_FIRST = ("occurred_on", "pk")
CONTACTS_ON_A_PAGE = 25


def filtered(request: SignedInRequest) -> tuple[LogFilters, InteractionQuerySet]:
    """The contacts on this list for this reader; its export asks the same."""
    form = LogFilters(request.GET, user=request.user)
    return form, form.narrow(Interaction.objects.visible_to(request.user).near(request.user))


@reading
def interaction_list(request: SignedInRequest) -> HttpResponse:
    form, interactions = filtered(request)
    oldest_first = request.GET.get("sort") == "oldest"
    order = OLDEST_FIRST if oldest_first else NEWEST_FIRST
    page = listing.page(interactions.with_parties(), request.GET, order, size=CONTACTS_ON_A_PAGE)
    count, restricted = _counts(interactions)
    context = {
        "form": form,
        "page": page,
        "count": count,
        "count_label": listing.count_label(count),
        "restricted": restricted,
        "active": active_filters(form, request.GET),
        "reset_url": reverse("interactions:interaction_list"),
        "query": request.GET.urlencode(),
        "oldest_first": oldest_first,
        "other_order_url": _sorted_the_other_way(request, oldest_first),
        "may_log": reach_of(request.user).may_log,
        "has_deleted": Interaction.objects.deleted_and_restorable_by(request.user).exists(),
    }
    return render(request, "interactions/interaction_list.html", context)


def _counts(interactions: InteractionQuerySet) -> tuple[int, int]:
    """How many there are, and how many of them leave in no export; counted no further than any list is."""
    some = interactions.order_by()[: listing.MOST_COUNTED + 1]
    is_restricted = Q(confidentiality=Confidentiality.RESTRICTED)
    counts = some.aggregate(all=Count("pk"), restricted=Count("pk", filter=is_restricted))
    return counts["all"], counts["restricted"]


def _sorted_the_other_way(request: SignedInRequest, oldest_first: bool) -> str:
    rest = request.GET.copy()
    for gone in ("sort", listing.AFTER, listing.BEFORE):
        rest.pop(gone, None)
    if not oldest_first:
        rest["sort"] = "oldest"
    return f"?{rest.urlencode()}"


@reading
def interaction_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One record with all that this reader may see; opening a colleague's restricted notes leaves an access entry."""
    interaction = get_object_or_404(Interaction.objects.visible_to(request.user).with_parties(), pk=pk)
    impression = Impression.objects.visible_to(request.user).filter(interaction=interaction).first()
    _note_access(request.user, interaction, impression)
    reach = reach_of(request.user)
    today = request.user.today(timezone.now())
    context = {
        "interaction": interaction,
        "impression": impression,
        "hides_impressions": impression is None
        and Impression.objects.filter(interaction=interaction).exists(),
        "materials": Material.objects.visible_to(request.user).filter(interactions=interaction),
        "asks": interaction.asks.select_related(
            "official", "measure__session", "issue", "stance_after"
        ).prefetch_related(_shown(request.user)),
        "commitments": interaction.commitments.select_related(
            "official", "measure__session"
        ).prefetch_related(_shown(request.user)),
        "followups": [
            {"followup": row, "is_overdue": row.is_overdue(today)}
            for row in FollowUp.objects.visible_to(request.user)
            .filter(interaction=interaction)
            .select_related("owner", "official")
        ],
        "resembles": interaction.resembles_id
        and Interaction.objects.visible_to(request.user).filter(pk=interaction.resembles_id).first(),
        "may_edit": Interaction.objects.editable_by(request.user).filter(pk=pk).exists(),
        "may_join": _may_join(request.user, interaction),
        "reads_history": bool(reach.reads or reach.reads_every_shared_record),
        "panels": panels_by_place(interaction_panels, request, interaction),
    }
    return render(request, "interactions/interaction_detail.html", context)


def _shown(user: User) -> "Prefetch[str, ProofQuerySet, str]":
    """What the public record shows of an ask or a commitment, the newest first."""
    return Prefetch(
        "proofs", queryset=Proof.objects.visible_to(user).with_parts().order_by("-found_at", "-pk")
    )


def _note_access(reader: User, interaction: Interaction, impression: Impression | None) -> None:
    if reader.pk == interaction.logged_by_id:
        return
    if interaction.confidentiality == Confidentiality.RESTRICTED:
        trail.record(by=reader, verb="opened", of=interaction)
    if impression is not None and impression.confidentiality == Confidentiality.RESTRICTED:
        trail.record(by=reader, verb="opened", of=impression)


def _may_join(user: User, interaction: Interaction) -> bool:
    if interaction.confidentiality == Confidentiality.RESTRICTED or interaction.state != "logged":
        return False
    is_there = any(one.person_id == user.pk for one in interaction.participants.all())
    return not is_there and chapters_to_log_for(user).exists() and not reach_of(user).is_staff


@writing
def interaction_join(request: SignedInRequest, pk: int) -> HttpResponse:
    """“I was there too”: credit my chapter and add me to the people who took part."""
    interaction = get_object_or_404(Interaction.objects.joinable_by(request.user), pk=pk)
    chapter = chapter_logged_for_first(request.user)
    if chapter is None:
        raise Http404
    if request.method == "POST":
        contacts.join(by=request.user, interaction=interaction, chapter=chapter)
        messages.success(request, _("You joined this interaction."))
        return redirect(interaction)
    return render(
        request, "interactions/interaction_join.html", {"interaction": interaction, "chapter": chapter}
    )


@reading
def interaction_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed what, from what to what, for everybody who may read the record."""
    interaction = get_object_or_404(Interaction.objects.visible_to(request.user), pk=pk)
    context = {"interaction": interaction, "entries": history(interaction, user=request.user)}
    return render(request, "interactions/interaction_history.html", context)


@writing
def interaction_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    interaction = get_object_or_404(Interaction.objects.editable_by(request.user), pk=pk)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contacts.delete(
            by=request.user, interaction=interaction, reason=form.cleaned_data["reason"], now=timezone.now()
        )
        messages.success(request, _("Deleted. You can restore it from “Deleted records”."))
        return redirect("interactions:interaction_list")
    return render(request, "interactions/interaction_delete.html", {"interaction": interaction, "form": form})


@writing
def interaction_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    interaction = get_object_or_404(Interaction.objects.deleted_and_restorable_by(request.user), pk=pk)
    if request.method == "POST":
        contacts.restore(by=request.user, interaction=interaction)
        messages.success(request, _("Restored, with its follow-ups."))
        return redirect(interaction)
    return render(request, "interactions/interaction_restore.html", {"interaction": interaction})


@reading
def deleted_list(request: SignedInRequest) -> HttpResponse:
    records = Interaction.objects.deleted_and_restorable_by(request.user).with_parties()
    page = listing.page(records.select_related("deleted_by"), request.GET, NEWEST_FIRST)
    return render(request, "interactions/deleted_list.html", {"page": page})


@reading
def draft_list(request: SignedInRequest) -> HttpResponse:
    drafts = Interaction.objects.drafts_of(request.user).with_parties().order_by("-updated_at", "-pk")
    now = timezone.now()
    rows = [{"draft": draft, "is_neglected": draft.is_neglected_draft(now)} for draft in drafts[:100]]
    return render(request, "interactions/draft_list.html", {"rows": rows})


@writing
def draft_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Interaction.objects.drafts_of(request.user), pk=pk)
    if request.method == "POST":
        contacts.delete(by=request.user, interaction=draft, reason=_("Draft discarded"), now=timezone.now())
        messages.success(request, _("Draft discarded."))
        return redirect("interactions:draft_list")
    return render(request, "interactions/draft_discard.html", {"interaction": draft})
