"""The pages of a campaign, as the browser of an advocate gets them."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign


def page(browser: Client, name: str, campaign: Campaign, **more: Any) -> str:
    answer = browser.get(url(name, campaign, **more))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def url(name: str, campaign: Campaign, **more: Any) -> str:
    return reverse(f"campaigns:{name}", kwargs={"pk": campaign.pk, **more})


def text_of(answer: Any) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))
