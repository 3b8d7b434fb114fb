"""Mail to me: one's own messages, why one got them, and what became of them."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from advocacy.outbox.models import MessageState, OutboundMessage
from tests.cast import NOW, Cast, browser_of
from tests.outbox.posting import AGAIN, now_of, posted

pytestmark = pytest.mark.django_db
LIST = reverse("outbox:mine_list")
QUERIES_OF_THE_LIST = 11


def to_dana(cast: Cast, *, subject: str = "Your month", **fields) -> OutboundMessage:
    fields.setdefault("key", subject)
    message = posted(cast.dana.email, now=NOW, user=cast.dana, **fields)
    OutboundMessage.objects.filter(pk=message.pk).update(subject=subject)
    return now_of(message)


def settle(message: OutboundMessage, state: MessageState, resolution: str = "") -> OutboundMessage:
    values = {"state": state, "settled_at": NOW, "resolution": resolution}
    OutboundMessage.objects.filter(pk=message.pk).update(**values)
    return now_of(message)


def test_people_see_what_was_sent_to_them_and_why(cast: Cast):
    message = to_dana(cast, why="You are the advocate of Gulf Prairie.")

    page = browser_of(cast.dana).get(LIST).content.decode()
    detail = browser_of(cast.dana).get(message.get_absolute_url()).content.decode()

    assert message.get_absolute_url() in page
    assert "You are the advocate of Gulf Prairie." in page
    assert "In plain text." in detail


@pytest.mark.parametrize("who", ["luis", "jordan"])
def test_nobody_sees_mail_to_others_as_their_own_not_even_staff(cast: Cast, who: str):
    message = to_dana(cast)
    browser = browser_of(getattr(cast, who))

    assert message.subject not in browser.get(LIST).content.decode()
    assert browser.get(message.get_absolute_url()).status_code == 404


def test_mail_of_other_packages_belongs_to_the_person_of_its_address(cast: Cast):
    outbox = get_connection("advocacy.outbox.backends.OutboxBackend")
    EmailMessage("Sign in", "code 123456", to=[cast.dana.email.upper()], connection=outbox).send()

    message = OutboundMessage.objects.sent_to(cast.dana).get()
    page = browser_of(cast.dana).get(message.get_absolute_url()).content.decode()
    assert "about your account" in message.why
    assert "123456" not in page


@pytest.mark.parametrize(
    ("state", "resolution", "words"),
    [
        (MessageState.SENT, "", "Sent"),
        (MessageState.CANCELLED, "The role has ended.", "Not sent (The role has ended)"),
        (MessageState.SUPPRESSED, "Complained", "Not sent: mail to this address is stopped (Complained)"),
        (MessageState.EXPIRED, "", "Not sent: it would have come too late"),
        (MessageState.PRESUMED_SENT, "", "Probably arrived: nothing came back"),
    ],
)
def test_what_became_of_it_is_said_in_plain_words(
    cast: Cast, state: MessageState, resolution: str, words: str
):
    assert settle(to_dana(cast), state, resolution).in_words(NOW) == words


def test_a_message_for_later_says_when(cast: Cast):
    message = to_dana(cast, not_before=NOW + timedelta(days=1))

    assert message.in_words(NOW).startswith("Will be sent: Feb. 10, 2027")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Agenda", "Report", "Sign in"}),
        ({"q": "agen"}, {"Agenda"}),
        ({"stream": "account"}, {"Sign in"}),
        ({"answer": "not_sent"}, {"Report"}),
        ({"answer": "waiting"}, {"Agenda", "Sign in"}),
        ({"answer": "nonsense"}, {"Agenda", "Report", "Sign in"}),
    ],
)
def test_filters_narrow_the_list(cast: Cast, query: dict[str, str], found: set[str]):
    to_dana(cast, subject="Agenda")
    settle(to_dana(cast, subject="Report"), MessageState.EXPIRED)
    to_dana(cast, subject="Sign in", of=AGAIN)

    page = browser_of(cast.dana).get(LIST, query)

    assert {row["message"].subject for row in page.context["rows"]} == found


def test_the_list_goes_on_page_by_page(cast: Cast):
    for number in range(52):
        to_dana(cast, subject=f"Message {number}")
    browser = browser_of(cast.dana)

    first = browser.get(LIST)
    second = browser.get(LIST + first.context["page"].next_url)

    assert [len(one.context["rows"]) for one in (first, second)] == [50, 2]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_message_and_for_three(
    cast: Cast, number: int, django_assert_num_queries
):
    for position in range(number):
        to_dana(cast, subject=f"Message {position}")
    browser = browser_of(cast.dana)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        browser.get(LIST)
