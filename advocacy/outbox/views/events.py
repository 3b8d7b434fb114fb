"""Where an e-mail service reports bounces and complaints."""

from anymail.exceptions import AnymailWebhookValidationFailure
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.requests import writing
from advocacy.outbox.services import SERVICES


@csrf_exempt
@login_not_required
@writing
def service_events(request: HttpRequest, service: str) -> HttpResponseBase:
    """Only the service this installation sends through, and only if it proves who it is."""
    if service != settings.MAIL_SERVICE or service not in SERVICES or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    try:
        answer: HttpResponseBase = SERVICES[service].as_view()(request)
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=401)
    return answer
