"""The one page that may stand in a frame, on the sites of chapters that the settings name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt


def frameable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only `frame-ancestors` says who may: X-Frame-Options knows no list of sites."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sites = [SELF, *settings.CAMPAIGN_FRAME_ANCESTORS]
        return csp_replace({"frame-ancestors": sites})(xframe_options_exempt(view))(request, *args, **kwargs)

    return framed
