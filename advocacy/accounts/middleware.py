"""Each person's language and time zone, from their profile, on every request; and pages that know nobody."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control


class PreferencesMiddleware:
    """Speak the person's language, show their local time, and let no proxy keep a signed-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        # Kept here: whoever signs out in this request is somebody else when the view returns.
        language, zone = request.user.language, ZoneInfo(request.user.time_zone)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers["Content-Language"] = language
        patch_cache_control(response, no_store=True, private=True)
        return response


class CookielessMiddleware:
    """Pages for strangers are the same for everybody: they get no cookie to look at, and set none.

    So a person who is signed in and opens one is a stranger there too, and a proxy may be told that cookies do not
    matter.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.COOKIELESS_PATHS):
            return self.get_response(request)
        request.COOKIES = {}
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        kept = [name for name in response.headers.get("Vary", "").split(", ") if name and name != "Cookie"]
        if kept:
            response.headers["Vary"] = ", ".join(kept)
        elif response.has_header("Vary"):
            del response.headers["Vary"]
        return response
