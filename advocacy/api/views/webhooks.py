"""One's own webhooks, and what each was told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.api.actions import deliveries, endpoints
from advocacy.api.forms import WebhookForm
from advocacy.api.models import WebhookDelivery, WebhookEndpoint
from advocacy.kernel import listing


@writing
def webhook_list(request: SignedInRequest) -> HttpResponse:
    """One's webhooks. The secret of a new one is shown once, on the answer to the form itself."""
    form, made = WebhookForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = endpoints.make(by=request.user, now=timezone.now(), **form.cleaned_data)
            form = WebhookForm()
        except endpoints.Refused as refused:
            form.add_error("url", str(refused))
    mine = WebhookEndpoint.objects.owned_by(request.user)
    context = {"form": form, "made": made, "webhooks": mine}
    return render(request, "api/webhook_list.html", context, status=422 if form.errors else 200)


@reading
def webhook_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it was told, the newest first."""
    webhook = get_object_or_404(WebhookEndpoint.objects.visible_to(request.user), pk=pk)
    told = WebhookDelivery.objects.visible_to(request.user).filter(endpoint=webhook).select_related("event")
    page = listing.page(told, request.GET, ("-pk",))
    return render(request, "api/webhook_detail.html", {"webhook": webhook, "page": page})


@require_POST
@writing
def webhook_off(request: SignedInRequest, pk: int) -> HttpResponse:
    webhook = get_object_or_404(WebhookEndpoint.objects.visible_to(request.user), pk=pk)
    endpoints.switch_off(webhook, by=request.user, now=timezone.now())
    messages.success(request, _("The webhook is switched off: it is told nothing any more."))
    return redirect("api:webhook_list")


@require_POST
@writing
def delivery_again(request: SignedInRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(
        WebhookDelivery.objects.visible_to(request.user).select_related("endpoint", "event"), pk=pk
    )
    if deliveries.send_again(delivery, by=request.user, now=timezone.now()):
        messages.success(request, _("It is sent again within a minute."))
    else:
        messages.info(request, _("It waits to be sent already, or its webhook is switched off."))
    return redirect("api:webhook_detail", delivery.endpoint_id)
