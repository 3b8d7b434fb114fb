"""Who is let through, who is held, and who is refused (RELIABILITY.md §6, "public action page"; S6)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import RequestFactory

from advocacy.kernel import limits
from campaigns.gate import form_token, rates
from campaigns.gate.fields import TOKEN, answers_in, fields_for
from campaigns.gate.verdict import Submission, Verdict
from campaigns.models import Doubt, GateDecision, SpentChallenge
from legislation.models import ContactPoint
from tests.campaigns.passing import CAMPAIGN, MINUTE, OWN_WORDS, judged, page, puzzle_solved, sent
from tests.cast import NOW
from tests.factories.log import alma_reyes

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
HOUR = timedelta(hours=1)
PASS, HOLD, REFUSE = GateDecision.PASS, GateDecision.HOLD, GateDecision.REFUSE


def test_a_person_with_a_browser_comes_through():
    token = page()
    verdict = judged(sent(token=token))

    read = form_token.read(token, CAMPAIGN, NOW)
    assert read is not None
    assert verdict == Verdict(PASS, (), read.key)
    assert verdict.may_mail_proof
    assert verdict.words(NOW) == ""


@pytest.mark.parametrize(
    ("submission", "doubts"),
    [
        (lambda: sent(trap="https://spam.example"), (Doubt.HIDDEN_FIELD,)),
        (lambda: sent(token=page(opened_at=NOW - timedelta(seconds=0.2))), (Doubt.TOO_FAST,)),
        (lambda: sent(own_words="Buy here: www.pills.example"), (Doubt.LINKS,)),
        (lambda: sent(work=""), (Doubt.NO_PUZZLE,)),
        (lambda: sent(work=puzzle_solved(at=NOW - HOUR)), (Doubt.PUZZLE_EXPIRED,)),
        (lambda: sent(trap="x", work=""), (Doubt.NO_PUZZLE, Doubt.HIDDEN_FIELD)),
    ],
)
def test_doubts_hold_a_message_quietly(submission, doubts: tuple[Doubt, ...]):
    verdict = judged(submission())

    assert (verdict.decision, verdict.doubts, verdict.words(NOW)) == (HOLD, doubts, "")


@pytest.mark.parametrize(
    ("submission", "doubt"),
    [
        (lambda: sent(token=page(campaign=CAMPAIGN + 1)), Doubt.NO_PAGE),
        (lambda: sent(token=""), Doubt.NO_PAGE),
        (lambda: sent(token=page(opened_at=NOW - 13 * HOUR)), Doubt.PAGE_TOO_OLD),
        (lambda: sent(work="nonsense"), Doubt.PUZZLE_WRONG),
    ],
)
def test_what_cannot_be_right_is_refused_with_words(submission, doubt: Doubt):
    verdict = judged(submission())

    assert (verdict.decision, verdict.doubts, verdict.is_limit) == (REFUSE, (doubt,), False)
    assert "again" in verdict.words(NOW)
    assert not verdict.may_mail_proof


def test_a_solved_puzzle_is_good_for_one_message():
    work = puzzle_solved()

    verdicts = [judged(sent(work=work)) for _ in range(3)]

    assert [verdict.decision for verdict in verdicts] == [PASS, REFUSE, REFUSE]
    assert verdicts[1].doubts == (Doubt.PUZZLE_USED,)


def test_a_double_click_is_one_submission():
    token, work = page(), puzzle_solved()

    first, second = (judged(sent(token=token, work=work)) for _ in range(2))

    assert (first.decision, second.decision) == (PASS, PASS)
    assert first.key == second.key != ""
    assert SpentChallenge.objects.count() == 1


def test_without_javascript_the_proof_of_the_address_is_enough():
    verdict = judged(sent(work=""))

    assert verdict.is_settled_by_proof
    assert verdict.may_mail_proof


def test_on_the_word_of_a_robot_nothing_is_mailed_to_a_stranger():
    verdict = judged(sent(work="", trap="x"))

    assert not verdict.is_settled_by_proof
    assert not verdict.may_mail_proof


def test_who_uses_an_officials_address_is_held_and_the_official_gets_no_mail():
    ContactPoint.objects.create(official=alma_reyes(), kind="email", value="Alma.Reyes@house.example.gov")

    verdict = judged(sent(email="alma.reyes@house.example.gov"))

    assert (verdict.decision, verdict.doubts) == (HOLD, (Doubt.OFFICIALS_ADDRESS,))
    assert not verdict.may_mail_proof


def test_the_same_paragraph_a_thousand_times_is_held_from_the_sixth_on():
    spellings = [OWN_WORDS, OWN_WORDS.upper(), OWN_WORDS.replace(" ", "  "), OWN_WORDS.replace(",", ";")]

    verdicts = [
        judged(
            sent(
                client=f"198.51.{n // 200}.{n % 200}",
                email=f"p{n}@example.org",
                own_words=spellings[n % 4],
                work="",
            )
        )
        for n in range(1000)
    ]

    assert Counter(Doubt.SAME_TEXT in verdict.doubts for verdict in verdicts) == {False: 5, True: 995}
    assert {verdict.decision for verdict in verdicts} == {HOLD}


def test_a_short_sentence_may_come_from_many():
    verdicts = [judged(sent(email=f"p{n}@example.org", own_words="Please vote yes!")) for n in range(8)]

    assert {verdict.decision for verdict in verdicts} == {PASS}


def test_one_connection_is_asked_to_wait_and_told_how_long():
    verdicts = [judged(sent(email=f"p{n}@example.org", own_words="", work="")) for n in range(61)]

    last = verdicts[-1]
    assert Counter(verdict.decision for verdict in verdicts) == {HOLD: 60, REFUSE: 1}
    assert (last.doubts, last.again_at) == ((Doubt.MANY_FROM_CLIENT,), NOW + HOUR)
    assert last.is_limit
    assert last.words(NOW + 59 * MINUTE) == (
        "Too many messages came from your internet connection. Come again in 1 minute."
    )
    assert last.seconds_to_wait(NOW + 59 * MINUTE) == 60


def test_one_address_may_act_ten_times_a_day_however_it_is_spelled():
    spellings = ["a@example.org", "A@Example.org "] * 6
    verdicts = [judged(sent(email=email, own_words="", work="")) for email in spellings]

    assert [verdict.decision for verdict in verdicts] == [HOLD] * 10 + [REFUSE] * 2
    assert verdicts[-1].doubts == (Doubt.MANY_FROM_ADDRESS,)
    assert (
        verdicts[-1].words(NOW) == "Too many messages came with this e-mail address. Come again in 8 hours."
    )


def test_a_flood_from_everywhere_is_held_and_closes_the_campaign_to_nobody(settings):
    settings.ACTS_AN_HOUR_IN_ONE_CAMPAIGN = 3

    verdicts = [
        judged(sent(client=f"198.51.100.{n}", email=f"p{n}@example.org", own_words="")) for n in range(5)
    ]

    assert [verdict.decision for verdict in verdicts] == [PASS] * 3 + [HOLD] * 2
    assert verdicts[-1].doubts == (Doubt.MANY_IN_CAMPAIGN,)


def test_robots_that_are_held_anyway_fill_no_campaign_for_people(settings):
    """Neither those in the trap nor those without a puzzle; of the latter too many are not even mailed to."""
    settings.ACTS_AN_HOUR_IN_ONE_CAMPAIGN = 3
    for n in range(10):
        judged(sent(client=f"198.51.100.{n}", email=f"t{n}@example.org", own_words="", trap="x"))
    without = [
        judged(sent(client=f"192.0.2.{n}", email=f"r{n}@example.org", own_words="", work=""))
        for n in range(5)
    ]

    people = [
        judged(sent(client=f"203.0.113.{n}", email=f"p{n}@example.org", own_words="")) for n in range(3)
    ]

    assert [verdict.decision for verdict in people] == [PASS] * 3
    assert [verdict.is_settled_by_proof for verdict in without] == [True] * 3 + [False] * 2
    assert [verdict.may_mail_proof for verdict in without] == [True] * 3 + [False] * 2


def robot(number: int) -> Submission:
    """It rotates the header that says where it comes from, its address, its words and its page."""
    request = RequestFactory().post(
        "/", REMOTE_ADDR="203.0.113.66", headers={"x-forwarded-for": f"10.{number // 250}.{number % 250}.1"}
    )
    return sent(
        client=limits.client_address(request),
        email=f"robot{number}@example.org",
        own_words=f"I am robot number {number}, and this is what I have to say about it.",
        work="",
    )


def test_of_ten_thousand_robots_with_forged_headers_no_more_come_in_than_the_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    decisions = Counter(judged(robot(number)).decision for number in range(10_000))

    assert decisions == {HOLD: settings.ACTS_AN_HOUR_FROM_ONE_CLIENT, REFUSE: 10_000 - 60}


def test_behind_a_proxy_the_entry_it_added_is_counted(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def through_proxy(number: int) -> Submission:
        header = f"10.0.0.{number}, 203.0.113.66"
        request = RequestFactory().post("/", REMOTE_ADDR="172.18.0.2", headers={"x-forwarded-for": header})
        return sent(
            client=limits.client_address(request), email=f"r{number}@example.org", own_words="", work=""
        )

    decisions = Counter(judged(through_proxy(number)).decision for number in range(100))

    assert decisions == {HOLD: 60, REFUSE: 40}


def test_a_form_shown_again_keeps_its_token_until_that_is_too_old():
    first = fields_for(CAMPAIGN, now=NOW)

    again = fields_for(CAMPAIGN, now=NOW + HOUR, sent={TOKEN: first.token})
    next_day = fields_for(CAMPAIGN, now=NOW + 24 * HOUR, sent={TOKEN: first.token})
    elsewhere = fields_for(CAMPAIGN + 1, now=NOW, sent={TOKEN: first.token})

    assert again.token == first.token
    assert len({first.token, next_day.token, elsewhere.token}) == 3


def test_fields_that_did_not_come_are_empty():
    assert answers_in({}) == answers_in({"form_token": "", "form_work": "", "homepage": ""})


def test_the_limits_are_told_in_words(settings):
    settings.ACTS_A_DAY_FROM_ONE_ADDRESS = 1

    assert rates.in_words()[:2] == [
        "From one internet connection 60 messages are taken in an hour.",
        "From one e-mail address 1 message is taken in a day.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "see http://a.example",
        "WWW.pills",
        "cheap-pills.com",
        "[url=x]y[/url]",
        '<a href="x">',
        "ｈｔｔｐ：//a.example",
    ],
)
def test_links_are_found_in_every_spelling(words: str):
    assert Doubt.LINKS in judged(sent(own_words=words)).doubts


@pytest.mark.parametrize(
    "words", ["I voted in 2024.Please act", "Write to me: luis@example.com", "It is 4.5 hours."]
)
def test_a_point_or_an_address_is_no_link(words: str):
    assert judged(sent(own_words=words)).decision == PASS
