"""Days for the schedule's tests: one to read at a glance, and many drawn by Hypothesis."""

import random
from typing import Any

from hypothesis import strategies as st

from advocacy.events.scheduling.problem import ROLES, Attendee, Building, Day, Office, Walk, Window

NINE, TEN, ELEVEN, NOON = 540, 600, 660, 720
PLACES = ("north", "south", "nowhere")


def day(offices: tuple[Office, ...], attendees: tuple[Attendee, ...], **more: Any) -> Day:
    """Nine to noon in the house and the senate, which are twelve minutes apart."""
    plain: dict[str, Any] = {
        "opens": NINE,
        "closes": NOON,
        "buildings": (Building("house"), Building("senate")),
        "walks": (Walk("house", "senate", 12),),
    }
    return Day(offices=offices, attendees=attendees, **{**plain, **more})


@st.composite
def small_days(draw: st.DrawFn) -> Day:
    """Up to six people, five offices and three teams, with whatever a day brings."""
    buildings = (Building("house"), Building("senate", is_cancelled=draw(st.integers(0, 9)) == 0))
    minutes = st.integers(NINE, NOON).map(lambda one: one // 5 * 5)
    windows = st.tuples(minutes, minutes).map(lambda both: Window(min(both), max(both)))
    offices = tuple(
        Office(
            f"o{number}",
            (draw(st.sampled_from(PLACES)),),
            draw(st.sampled_from(("house", "senate"))),
            minutes=draw(st.sampled_from((15, 20, 45))),
            windows=tuple(draw(st.lists(windows, max_size=2))),
            starts_at=draw(st.none() | minutes),
            cap=draw(st.sampled_from((None, None, 1, 3))),
            language=draw(st.sampled_from((None, None, "fr"))),
            priority=draw(st.integers(1, 3)),
        )
        for number in range(draw(st.integers(0, 5)))
    )
    attendees = tuple(
        Attendee(
            f"p{number}",
            lives_in=tuple(draw(st.lists(st.sampled_from(PLACES[:2]), max_size=2, unique=True))),
            languages=draw(st.sampled_from((("en",), ("en", "fr"), ("fr",), ()))),
            wishes=tuple(draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True))),
            can_lead=draw(st.booleans()),
            is_first_timer=draw(st.booleans()),
            arrives=draw(st.none() | minutes),
            leaves=draw(st.none() | minutes),
            chapter=draw(st.sampled_from(("Ohio", "Indiana"))),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    teams = draw(st.none() | st.integers(1, 3))
    return day(offices, attendees, teams=teams, buildings=buildings, size_max=draw(st.sampled_from((2, 5))))


@st.composite
def tiny_days(draw: st.DrawFn) -> Day:
    """So small that every schedule can be tried: an hour, two teams, three people, two or three offices."""
    offices = tuple(
        Office(
            f"o{number}",
            (draw(st.sampled_from(PLACES)),),
            draw(st.sampled_from(("house", "senate"))),
            cap=draw(st.sampled_from((None, None, 1))),
            language=draw(st.sampled_from((None, None, "fr"))),
        )
        for number in range(draw(st.integers(2, 3)))
    )
    attendees = tuple(
        Attendee(
            f"p{number}",
            lives_in=tuple(draw(st.lists(st.sampled_from(PLACES[:2]), max_size=2, unique=True))),
            languages=draw(st.sampled_from((("en",), ("en", "fr"), ("fr",)))),
            leaves=draw(st.sampled_from((None, TEN - 20))),
        )
        for number in range(3)
    )
    return day(offices, attendees, teams=2, closes=TEN, step=20, size_max=3)


def middle_sized_day(seed: int = 7, teams: int = 10) -> Day:
    """Sixty people and 24 offices; a third of the offices confirmed a time, two are for French."""
    chance = random.Random(seed)
    offices = tuple(
        Office(
            f"o{number}",
            (f"d{number}",),
            chance.choice(("house", "senate")),
            starts_at=chance.randrange(NINE, NOON - 20, 15) if number % 3 == 0 else None,
            windows=(Window(NINE, ELEVEN),) if number % 3 == 1 else (),
            language="fr" if number in (5, 11) else None,
        )
        for number in range(24)
    )
    attendees = tuple(
        Attendee(
            f"p{number:02}",
            lives_in=(f"d{chance.randrange(20)}",) if number % 10 else (),
            languages=("en", "fr") if number % 8 == 0 else ("en",),
            wishes=(chance.choice(ROLES),),
            can_lead=number % 3 == 0,
            is_first_timer=number % 2 == 0,
            leaves=ELEVEN if number % 9 == 0 else None,
            chapter=chance.choice(("Ohio", "Indiana")),
        )
        for number in range(60)
    )
    return day(offices, attendees, teams=teams)
