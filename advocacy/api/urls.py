"""The addresses of the API, of its reference, and of the pages where people open and close its doors."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from advocacy.api.openapi import PATH
from advocacy.api.v1.api import api
from advocacy.api.views import reference, tokens, webhooks

app_name = "api"


def _of_programs() -> list[URLPattern]:
    """A token is the key to these, not a session."""
    found = {str(one.pattern): one for one in api.urls[0] if isinstance(one, URLPattern)}
    return [
        path(PATH + route, login_not_required(one.callback), name=one.name)
        for route, one in found.items()
        if one.name != "api-root"
    ]


urlpatterns = [
    path(f"{PATH}openapi.json", reference.openapi_document, name="openapi"),
    path(f"{PATH}docs", reference.reference, name="reference"),
    *_of_programs(),
    path("account/tokens/", tokens.token_list, name="token_list"),
    path("account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("account/webhooks/", webhooks.webhook_list, name="webhook_list"),
    path("account/webhooks/<int:pk>/", webhooks.webhook_detail, name="webhook_detail"),
    path("account/webhooks/<int:pk>/off/", webhooks.webhook_off, name="webhook_off"),
    path("account/webhooks/deliveries/<int:pk>/again/", webhooks.delivery_again, name="delivery_again"),
]
