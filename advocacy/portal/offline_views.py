"""The portal as something to install on a phone: its manifest, its worker, and what pages without signal live on."""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

from advocacy.accounts.offline import COPY, drafts_key, person_key
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.portal import offline as phone

_ICONS = (("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any"))
_MASKABLE = ("img/maskable-512.png", "512x512", "maskable")


@login_not_required
@cache_control(no_cache=True)
@reading
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, from the root, so that it may answer for every page. It is the same for everybody."""
    known = phone.addresses() | {"statics": settings.STATIC_URL, "version": phone.version(), "copy": COPY}
    response = render(
        request, "portal/sw.js", {"known": json.dumps(known)}, content_type="text/javascript; charset=utf-8"
    )
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@login_not_required
@cache_control(public=True, max_age=3600)
@reading
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone asks before it puts the portal among its apps. The page says in which language."""
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        described = {
            "id": "/",
            "name": _("Chapter Advocacy Portal"),
            "short_name": _("Advocacy"),
            "lang": language,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f5f7f8",
            "theme_color": "#0a666b",
            "icons": [
                {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for path, sizes, purpose in (*_ICONS, _MASKABLE)
            ],
        }
    return JsonResponse(described, content_type="application/manifest+json")


@reading
def offline(request: SignedInRequest) -> HttpResponse:
    """What waits on this phone, and which pages work without signal. The list is drawn by the phone itself."""
    return render(request, "portal/offline.html", {"pages": phone.pages_of(request.user, timezone.now())})


@reading
def offline_pack(request: SignedInRequest) -> HttpResponseBase:
    """The pages and choices that this person's phone takes along; `304` while nothing has changed."""
    packed = json.dumps(phone.pack(request.user, timezone.now())).encode()
    tag = f'"{hashlib.sha256(packed).hexdigest()[:32]}"'
    response = HttpResponse(packed, content_type="application/json", headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=response) or response


@never_cache
@reading
def offline_session(request: SignedInRequest) -> HttpResponse:
    """Who is signed in, asked by a script before it sends; a token of this moment, and what their drafts open with.

    Whoever is not, or has a second step to take, is sent there as from any page: the script does not follow, and waits.
    """
    user = request.user
    known = {"person": person_key(user), "key": drafts_key(user), "token": get_token(request)}
    return JsonResponse(known)
