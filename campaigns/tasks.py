"""The bells the clock rings for this floor. Each may ring twice, or be lost."""

from celery import shared_task
from django.utils import timezone

from campaigns import did_they_answer, renewals
from campaigns.actions import clock, forgetting, letter_outcomes
from campaigns.models import SpentChallenge
from campaigns.reminders import planner


@shared_task(ignore_result=True)
def plan_reminders() -> None:
    planner.tick(timezone.now())


@shared_task(ignore_result=True)
def ask_for_renewals() -> None:
    renewals.ask(now=timezone.now())


@shared_task(ignore_result=True)
def forget_puzzles() -> None:
    SpentChallenge.objects.expired(timezone.now()).delete()


@shared_task(ignore_result=True)
def keep_campaigns() -> None:
    clock.tick(timezone.now())


@shared_task(ignore_result=True)
def renew_targets() -> None:
    clock.renew_targets(timezone.now())


@shared_task(ignore_result=True)
def settle_letters() -> None:
    letter_outcomes.settle(now=timezone.now())


@shared_task(ignore_result=True)
def ask_for_answers() -> None:
    did_they_answer.ask(now=timezone.now())


@shared_task(ignore_result=True)
def forget_letters() -> None:
    forgetting.forget(now=timezone.now())
