"""Followed measures: the board, one of them with its notes, and what is decided about it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.audit import trail
from advocacy.audit.exporting import note as note_export
from advocacy.kernel import listing
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from advocacy.positions import board, exports
from advocacy.positions.actions import trackings
from advocacy.positions.errors import AlreadyFollowed
from advocacy.positions.forms.tracking import BoardFilters, FollowForm, NoteForm, RestoreForm, TriageForm
from advocacy.positions.models import TRACKED_TIERS, Tier, TierChange, Tracking, TrackingNote, TrackingWatcher
from advocacy.positions.models.tracking import TrackingQuerySet
from legislation.models import Measure
from members.access import jurisdictions_worked_with, reach_of
from members.confidentiality import Confidentiality


def _filtered(request: SignedInRequest) -> tuple[BoardFilters, TrackingQuerySet]:
    """What the board shows to this reader; its file asks the same."""
    form = BoardFilters(request.GET, user=request.user)
    return form, form.narrow(TrackingQuerySet(Tracking).visible_to(request.user))


@reading
def tracking_board(request: SignedInRequest) -> HttpResponse:
    form, rows = _filtered(request)
    today = request.user.today(timezone.now())
    columns = board.columns(rows, user=request.user, today=today, tiers=form.tiers)
    active = active_filters(form, request.GET)
    context = {
        "form": form,
        "columns": columns,
        "count": sum(column.count for column in columns),
        "count_label": listing.count_label(sum(column.count for column in columns)),
        "late": sum(card.is_late for column in columns for card in column.cards),
        "active": active,
        "reset_url": reverse("tracking:board"),
        "query": request.GET.urlencode(),
        "may_track": reach_of(request.user).may_track,
    }
    return render(request, "positions/board.html", context)


@reading
def board_export(request: SignedInRequest) -> HttpResponseBase:
    """What the board shows, with its filters, as a file. Notes stay inside."""
    form, rows = _filtered(request)
    today = request.user.today(timezone.now())
    shown = rows.with_tier(today).filter(board.in_any(form.tiers))
    note_export(
        request.user, _("followed measures"), [one.label for one in active_filters(form, request.GET)]
    )
    return send([exports.board_table(shown, user=request.user, today=today)], "measures", "csv")


@reading
def tracking_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One followed measure; opening a colleague's restricted note leaves an access entry."""
    tracking = _found(Tracking.objects.visible_to(request.user), request, pk)
    today = request.user.today(timezone.now())
    (card,) = board.all_cards(TrackingQuerySet(Tracking).filter(pk=pk), user=request.user, today=today)
    notes = list(
        TrackingNote.objects.visible_to(request.user).filter(tracking=tracking).select_related("author")
    )
    _note_access(request.user, notes)
    changes = TierChange.objects.filter(tracking=tracking).order_by("-on", "-pk")
    context = {
        "card": card,
        "tracking": card.tracking,
        "measure": card.measure,
        "notes": notes,
        "changes": changes,
        "watchers": TrackingWatcher.objects.filter(tracking=tracking).select_related("person"),
        "may_edit": Tracking.objects.editable_by(request.user).filter(pk=pk).exists(),
        "may_note": Tracking.objects.open_to_notes_of(request.user).filter(pk=pk).exists(),
        "is_archived": card.tracking.tier == Tier.ARCHIVE,
        "restore_form": RestoreForm(initial={"tier": _tier_before(request, tracking)}),
    }
    return render(request, "positions/tracking_detail.html", context)


def _found(rows: TrackingQuerySet, request: SignedInRequest, pk: int) -> Tracking:
    today = request.user.today(timezone.now())
    parts = rows.with_tier(today).select_related("measure__session__jurisdiction", "chapter", "owner")
    return get_object_or_404(parts, pk=pk)


def _note_access(reader: User, notes: list[TrackingNote]) -> None:
    for one in notes:
        if one.confidentiality == Confidentiality.RESTRICTED and one.author_id != reader.pk:
            trail.record(by=reader, verb="opened", of=one)


def _tier_before(request: SignedInRequest, tracking: Tracking) -> Tier:
    """What it was when it was archived a moment ago, which the address remembers, or its last tier."""
    was = request.GET.get("was", "")
    return Tier(int(was)) if was in map(str, TRACKED_TIERS) else trackings.tier_before_archive(tracking)


@writing
def tracking_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Triage, and every later change of mind."""
    tracking = _found(Tracking.objects.editable_by(request.user), request, pk)
    if tracking.tier == Tier.ARCHIVE:
        messages.info(request, _("It is in the archive: bring it back first."))
        return redirect(tracking)
    today = request.user.today(timezone.now())
    form = TriageForm(request.POST or None, user=request.user, today=today, tracking=tracking)
    if request.method == "POST" and form.is_valid():
        changed = trackings.decide(tracking, form.triage(), by=request.user, on=today)
        messages.success(request, _("Saved.") if changed else _("Nothing to change."))
        return redirect(tracking)
    return render(request, "positions/tracking_edit.html", {"form": form, "tracking": tracking})


@writing
def measure_follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow a measure for one's chapter, or the society, and decide about it at once or later."""
    measure = workable(request, pk)
    today = request.user.today(timezone.now())
    held = Tracking.objects.filter(measure=measure).values_list("chapter", flat=True)
    form = FollowForm(request.POST or None, user=request.user, today=today, followed_by=set(held))
    if request.method == "POST" and form.is_valid():
        try:
            tracking = trackings.follow(
                measure, chapter=form.chapter, triage=form.triage(), by=request.user, on=today
            )
        except AlreadyFollowed:
            form.add_error("holder", _("It is followed already."))
        else:
            messages.success(request, _("%(measure)s is followed.") % {"measure": measure})
            return redirect(tracking)
    mine = Tracking.objects.editable_by(request.user).filter(measure=measure).select_related("chapter")
    context = {"form": form, "measure": measure, "mine": mine}
    return render(request, "positions/measure_follow.html", context)


def workable(request: SignedInRequest, pk: int) -> Measure:
    """A measure of a jurisdiction that the person works with."""
    if not reach_of(request.user).may_track:
        raise Http404
    places = jurisdictions_worked_with(request.user).values("pk")
    measures = Measure.objects.visible_to(request.user).filter(session__jurisdiction__in=places)
    return get_object_or_404(measures.select_related("session__jurisdiction"), pk=pk)


@require_POST
@writing
def tracking_watch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Watch it, or no longer."""
    tracking = _found(Tracking.objects.visible_to(request.user), request, pk)
    if request.POST.get("watch") == "off":
        trackings.unwatch(tracking, by=request.user)
        messages.success(request, _("You no longer watch this measure."))
    else:
        trackings.watch(tracking, by=request.user)
        messages.success(request, _("You watch this measure."))
    return redirect(tracking)


@require_POST
@writing
def tracking_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the archive, with the way back on the page that follows."""
    tracking = _found(Tracking.objects.editable_by(request.user), request, pk)
    was = trackings.archive(tracking, by=request.user, on=request.user.today(timezone.now()))
    messages.success(request, _("Archived. You can bring it back below."))
    return redirect(f"{tracking.get_absolute_url()}?was={was}" if was else tracking)


@require_POST
@writing
def tracking_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    tracking = _found(Tracking.objects.editable_by(request.user), request, pk)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a tier to bring it back to."))
    elif trackings.restore(
        tracking, tier=form.cleaned_data["tier"], by=request.user, on=request.user.today(timezone.now())
    ):
        messages.success(request, _("It is back on the board."))
    return redirect(tracking)


@writing
def tracking_note(request: SignedInRequest, pk: int) -> HttpResponse:
    tracking = _found(Tracking.objects.open_to_notes_of(request.user), request, pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trackings.note(
            tracking,
            text=form.cleaned_data["text"],
            confidentiality=Confidentiality(form.cleaned_data["confidentiality"]),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Noted."))
        return redirect(tracking)
    return render(request, "positions/tracking_note.html", {"form": form, "tracking": tracking})
