"""The portal with one page more: an empty template, drawn through the same middleware, to hold the action page against.

Served by gunicorn (`benchmarks.action_page_server:application`) or, with a port as its argument, by waitress.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from waitress import serve

from advocacy.accounts.requests import reading


@login_not_required
@reading
def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "benchmarks/empty.html")


urlpatterns = [path("empty/", empty), path("", include("advocacy.urls"))]
settings.ROOT_URLCONF = "benchmarks.action_page_server"
settings.TEMPLATES[0]["DIRS"].append(settings.BASE_DIR / "benchmarks" / "templates")  # type: ignore[attr-defined]
application = get_wsgi_application()

if __name__ == "__main__":
    # As the embedded portal does (advocacy/portal/embedded.py): the portal itself knows which proxies it trusts.
    many = {"threads": 8, "connection_limit": 1_000, "clear_untrusted_proxy_headers": False}
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), **many)
