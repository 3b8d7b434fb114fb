"""Walks through the gallery: one browser window for each visitor, screen and theme, kept open between pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Response

from advocacy.accounts.models import User
from advocacy.interactions.models import KeyContact
from advocacy.outbox import delivery
from advocacy.portal.demo.furnish import furnish
from advocacy.portal.demo.society import address_of
from advocacy.positions.models import Issue
from legislation.actions import leavers
from legislation.models import Official, Staffer, Tenure
from members.actions import invitations
from members.models import Chapter, Role
from tests.browser.gallery import VERA, VISITOR, Exhibit
from tests.browser.watching import Watch
from tests.factories.people import UserFactory, advocate_of, with_second_factor

OpenContext = Callable[..., BrowserContext]
_AREAS = "advocacy.positions.migrations.0002_public_policy_principles"


def hang() -> dict[str, User]:
    """The demo's world, with what it lacks: an invitation on its way, a kept mail, a leaver, people with passwords."""
    # Emptying the database between tests took the policy areas along, which a migration had brought.
    for title_en, title_fr in import_module(_AREAS).AREAS:
        Issue.objects.get_or_create(title_en=title_en, defaults={"title_fr": title_fr})
    furnish(now=timezone.now())
    people = {
        key: User.objects.get(email=address_of(key))
        for key in ("dana", "elise", "sam", "angela", "jordan", "luis")
    }
    gulf_prairie = Chapter.objects.get(slug="gulf-prairie")
    for key, name in ((VERA, "Vera Novak"), ("second step", "Ines Second-Step")):
        people[key] = advocate_of(gulf_prairie, person=UserFactory(full_name=name))
    with_second_factor(people["second step"])
    official = Official.objects.order_by("pk").first()
    Staffer.objects.get_or_create(official=official, name="Wes Okada", defaults={"role": "policy_adviser"})
    if not KeyContact.objects.filter(person=people["dana"], ends_on=None).exists():
        KeyContact.objects.create(
            person=people["dana"], official=official, chapter=gulf_prairie, starts_on=timezone.localdate()
        )
    ties = KeyContact.objects.filter(person=people["dana"], ends_on=None).order_by("pk")
    tie, moved = ties.first(), ties.last()
    assert tie
    assert moved
    elsewhere = (
        Tenure.objects.exclude(official=moved.official_id).filter(seat__places=1).order_by("pk").first()
    )
    KeyContact.objects.filter(pk=moved.pk).update(seat=elsewhere.seat)
    leavers.list_for_decision(None, [tie.official_id], day=timezone.localdate())
    _invite(people["jordan"], gulf_prairie)
    return people


def _invite(staff: User, chapter: Chapter) -> None:
    invitations.invite(
        by=staff,
        email="new.colleague@example.org",
        full_name="New Colleague",
        role=Role.VOLUNTEER,
        chapter=chapter,
        starts_on=timezone.localdate(),
        now=timezone.now(),
    )
    mailbox = get_connection("advocacy.outbox.backends.OutboxBackend")
    mail = EmailMultiAlternatives("Your month", "In plain text.", to=[staff.email], connection=mailbox)
    mail.attach_alternative("<p>In HTML.</p>", "text/html")
    mail.send()
    delivery.deliver()


def cookie_of(user: User) -> str:
    """A session that knows how this person signed in a moment ago, so that it is not asked again."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "email": user.email}
    ]
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass
class Curator:
    people: dict[str, User]
    open_context: OpenContext
    watch: Watch
    windows: dict[tuple[str, ...], Page] = field(default_factory=dict)

    def visit(self, exhibit: Exhibit, screen: object, theme: str = "light") -> tuple[Page, Response]:
        """The page as its visitor sees it, fully loaded."""
        page = self.window(exhibit.who, screen, theme)
        answer = page.goto(exhibit.address(self.people.get(exhibit.who)))
        assert answer is not None
        return page, answer

    def window(self, who: str, screen: object, theme: str = "light") -> Page:
        key = (who, str(screen), theme)
        if key not in self.windows:
            user = self.people[who] if who != VISITOR else None
            context = self.open_context(
                session=cookie_of(user) if user else "", screen=screen, watch=self.watch, color_scheme=theme
            )
            self.windows[key] = context.new_page()
        return self.windows[key]

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()
