from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.days import Calendar, Caveat, DayUnknown, JointCalendar, Known, Rest, add_months

FOLDER = Path(__file__).parent.parent / "negotiation_kit" / "data" / "calendars"
CODES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def tree_of(code: str) -> dict[str, object]:
    text = (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=yaml.CBaseLoader)
    assert isinstance(tree, dict)
    return tree


CALENDARS = {code: Calendar.from_tree(tree_of(code)) for code in CODES}
HUNGARY = JointCalendar((CALENDARS["HU"],))
BOTH = JointCalendar((CALENDARS["HU"], CALENDARS["DE"]))
some_days = st.dates(day("2020-01-01"), day("2029-12-31"))


def test_every_country_promised_is_there():
    assert CODES == ["AT", "CZ", "DE", "GB-EAW", "HU", "PL", "RO", "RU", "SK"]


@pytest.mark.parametrize("code", CODES)
def test_the_files_say_what_the_package_says(code):
    holidays = pytest.importorskip("holidays")
    calendar = CALENDARS[code]
    subdivision = "ENG" if code == "GB-EAW" else None
    years = range(calendar.known_from.year, calendar.known_to.year + 1)
    package = holidays.country_holidays(code[:2], subdiv=subdivision, years=years)
    days = (
        calendar.known_from + timedelta(number) for number in range((calendar.known_to - calendar.known_from).days + 1)
    )
    different = [one for one in days if calendar.is_business_day(one) != package.is_working_day(one)]

    assert different == [], "run scripts/make_calendars.py with the day of today and read the differences"


@pytest.mark.parametrize("code", CODES)
def test_each_file_names_its_source_and_its_day(code):
    calendar = CALENDARS[code]

    assert code == calendar.code
    assert calendar.source.startswith("Python package holidays 0.")
    assert day("2026-11-23") <= calendar.as_known_on
    assert calendar.known_from <= day("2022-01-01") < day("2030-12-31") == calendar.known_to


# Decrees on moved days: 11/2024 (for 2025) and 10/2025 (for 2026) of the minister for national economy.
@pytest.mark.parametrize(
    ("rest", "worked"),
    [
        ("2025-05-02", "2025-05-17"),
        ("2025-10-24", "2025-10-18"),
        ("2025-12-24", "2025-12-13"),
        ("2026-01-02", "2026-01-10"),
        ("2026-08-21", "2026-08-08"),
    ],
)
def test_hungary_moves_rest_days_to_saturdays(rest, worked):
    assert not HUNGARY.is_business_day(day(rest))
    assert HUNGARY.is_business_day(day(worked))
    assert (Rest("HU", "moved", worked),) == HUNGARY.why_rest(day(rest))


@pytest.mark.parametrize(
    "rest",
    [
        "2025-03-15",
        "2025-04-18",
        "2025-04-21",
        "2025-05-01",
        "2025-06-09",
        "2025-08-20",
        "2025-10-23",
        "2026-04-03",
        "2026-04-06",
        "2026-12-24",
        "2027-12-24",
    ],
)
def test_hungary_rests_on_its_holidays(rest):
    assert not HUNGARY.is_business_day(day(rest))


def test_hungary_works_on_ordinary_days_round_the_holidays():
    ordinary = ["2025-03-14", "2025-03-17", "2025-04-17", "2025-04-22", "2025-05-05", "2026-12-23"]

    assert all(HUNGARY.is_business_day(day(one)) for one in ordinary)
    assert not HUNGARY.is_business_day(day("2026-12-12"))


@pytest.mark.parametrize(
    ("code", "rest", "worked"),
    [
        ("GB-EAW", "2022-09-19", "2022-09-20"),  # the Queen's funeral
        ("GB-EAW", "2026-12-28", "2026-12-29"),  # Boxing Day fell on a Saturday
        ("DE", "2025-10-03", "2025-06-19"),  # Corpus Christi is no holiday of the federation
        ("AT", "2025-06-19", "2025-04-18"),  # Good Friday is worked
        ("PL", "2025-12-24", "2024-12-24"),  # Christmas Eve since 2025
        ("SK", "2024-08-29", "2025-11-17"),  # worked since 2025
        ("CZ", "2025-11-17", "2025-11-18"),
        ("RO", "2025-01-24", "2025-12-24"),
        ("RU", "2025-11-03", "2025-11-01"),  # a working Saturday
        ("RU", "2026-01-09", "2026-01-12"),
    ],
)
def test_other_countries_rest_and_work_as_published(code, rest, worked):
    assert not CALENDARS[code].is_business_day(day(rest))
    assert CALENDARS[code].is_business_day(day(worked))


def test_the_clock_of_the_method_runs_on_the_hungarian_calendar():
    notice = HUNGARY.add_business_days(day("2025-03-14"), 1)
    window_end = notice + timedelta(10)
    letter = HUNGARY.add_business_days(window_end, 2)
    claim_end = letter + timedelta(30)

    assert day("2025-03-17") == notice
    assert day("2025-03-18") == HUNGARY.add_business_days(notice, 1)
    assert day("2025-03-21") == HUNGARY.preceding(notice + timedelta(5))
    assert day("2025-03-24") == HUNGARY.preceding(notice + timedelta(7))
    assert day("2025-03-25") == HUNGARY.add_business_days(window_end, -2)
    assert day("2025-03-27") == window_end
    assert day("2025-03-31") == letter
    assert [str(HUNGARY.preceding(letter + timedelta(days))) for days in (7, 14, 21, 27)] == [
        "2025-04-07",
        "2025-04-14",
        "2025-04-17",
        "2025-04-25",
    ]
    assert day("2025-04-25") == HUNGARY.add_business_days(claim_end, -3)
    assert day("2025-04-30") == claim_end
    assert day("2025-05-05") == HUNGARY.add_business_days(claim_end, 1)


def test_a_business_day_is_one_in_every_calendar():
    assert not BOTH.is_business_day(day("2025-10-03"))  # Germany rests
    assert not BOTH.is_business_day(day("2025-08-20"))  # Hungary rests
    assert not BOTH.is_business_day(day("2025-05-17"))  # Hungary works, Germany has its weekend
    assert BOTH.is_business_day(day("2025-08-21"))
    assert BOTH.codes == ("HU", "DE")


def test_every_calendar_says_why_it_rests():
    assert BOTH.why_rest(day("2025-05-01")) == (
        Rest("HU", "holiday", "Labour Day"),
        Rest("DE", "holiday", "Labour Day"),
    )
    assert BOTH.why_rest(day("2025-05-17")) == (Rest("DE", "weekend", ""),)
    assert BOTH.why_rest(day("2025-05-02")) == (Rest("HU", "moved", "2025-05-17"),)
    assert BOTH.why_rest(day("2025-05-05")) == ()


def test_the_case_adds_rest_days():
    closed = HUNGARY.added([day("2025-08-18"), day("2025-08-19")]).added([day("2025-05-17")])

    assert day("2025-08-21") == closed.following(day("2025-08-18"))
    assert not closed.is_business_day(day("2025-05-17"))
    assert closed.why_rest(day("2025-08-18")) == (Rest("", "added", ""),)
    assert HUNGARY.is_business_day(day("2025-08-18"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("following", "2025-06-02"),
        ("preceding", "2025-05-30"),
        ("modified following", "2025-05-30"),
        ("none", "2025-05-31"),
    ],
)
def test_a_rest_day_is_rolled_by_the_named_rule(rule, expected):
    assert day(expected) == HUNGARY.roll(day("2025-05-31"), rule)


def test_an_unknown_rule_rolls_nothing():
    with pytest.raises(AssertionError):
        HUNGARY.roll(day("2025-05-31"), "backwards")  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["following", "preceding", "modified following", "none"])
def test_a_business_day_stays_where_it_is(rule):
    assert day("2025-05-05") == HUNGARY.roll(day("2025-05-05"), rule)


def test_modified_following_stays_in_the_month():
    assert day("2025-05-19") == HUNGARY.modified_following(day("2025-05-18"))
    assert day("2025-11-28") == HUNGARY.modified_following(day("2025-11-29"))


def test_no_business_days_lead_nowhere():
    assert day("2025-05-02") == HUNGARY.add_business_days(day("2025-05-02"), 0)
    assert HUNGARY.business_days_between(day("2025-05-02"), day("2025-05-02")) == 0


def test_business_days_are_counted_both_ways():
    assert HUNGARY.business_days_between(day("2025-04-30"), day("2025-05-06")) == 2
    assert HUNGARY.business_days_between(day("2025-05-06"), day("2025-04-30")) == -2
    assert HUNGARY.business_days_between(day("2025-04-30"), day("2025-05-04")) == 0


@given(some_days, st.integers(-200, 200).filter(bool))
def test_counting_undoes_adding(start, number):
    end = BOTH.add_business_days(start, number)

    assert BOTH.is_business_day(end)
    assert number == BOTH.business_days_between(start, end)


@given(some_days)
def test_following_and_preceding_enclose_the_day(start):
    assert BOTH.preceding(start) <= start <= BOTH.following(start)
    assert BOTH.is_business_day(start) == (BOTH.preceding(start) == BOTH.following(start))
    assert BOTH.is_business_day(start) == (BOTH.why_rest(start) == ())


@pytest.mark.parametrize("outside", ["2018-12-31", "2031-01-01", "1990-01-01"])
def test_outside_the_known_years_nothing_is_guessed(outside):
    with pytest.raises(DayUnknown, match="outside calendar HU, which covers 2019-01-01 to 2030-12-31") as told:
        BOTH.is_business_day(day(outside))

    assert ("HU", day(outside)) == (told.value.calendar, told.value.day)
    assert (day("2019-01-01"), day("2030-12-31")) == (told.value.known_from, told.value.known_to)


def test_the_calendar_with_the_narrower_range_is_named():
    joint = JointCalendar((CALENDARS["HU"], CALENDARS["RU"]))

    with pytest.raises(DayUnknown, match="calendar RU"):
        joint.preceding(day("2022-01-03"))


def test_steps_out_of_the_known_years_are_refused():
    with pytest.raises(DayUnknown):
        HUNGARY.add_business_days(day("2030-12-30"), 5)
    with pytest.raises(DayUnknown):
        HUNGARY.business_days_between(day("2030-12-30"), day("2031-02-01"))


def test_days_without_published_moves_work_with_a_caveat():
    assert HUNGARY.is_business_day(day("2027-01-04"))
    assert (Caveat("HU", day("2026-12-31"), day("2026-11-23")),) == BOTH.caveat(day("2026-12-01"), day("2027-01-04"))
    assert BOTH.caveat(day("2025-01-01"), day("2026-12-31")) == ()
    assert JointCalendar((CALENDARS["DE"],)).caveat(day("2025-01-01"), day("2030-12-31")) == ()


def test_calendars_tell_where_they_come_from_and_how_far_they_are_known():
    hungary, germany = CALENDARS["HU"], CALENDARS["DE"]

    assert BOTH.knowledge == (
        Known("HU", hungary.source, day("2026-11-23"), day("2030-12-31"), day("2026-12-31")),
        Known("DE", germany.source, germany.as_known_on, day("2030-12-31"), None),
    )


def test_rest_days_of_the_case_change_nothing_about_what_is_known():
    assert BOTH.knowledge == BOTH.added([day("2025-08-18")]).knowledge


def test_no_calendar_knows_no_business_days():
    with pytest.raises(ValueError, match="at least one calendar"):
        JointCalendar(())


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -13, "2023-12-15"),
        ("2025-12-10", 1, "2026-01-10"),
        ("2025-05-07", 0, "2025-05-07"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start, number, expected):
    assert day(expected) == add_months(day(start), number)


def test_the_end_of_a_month_is_kept_when_asked():
    assert day("2025-03-31") == add_months(day("2025-02-28"), 1, end_of_month=True)
    assert day("2025-03-28") == add_months(day("2025-02-28"), 1)
    assert day("2025-03-27") == add_months(day("2025-02-27"), 1, end_of_month=True)


SMALL = {
    "code": "XX",
    "name": "Nowhere",
    "source": "a test",
    "as_known_on": "2026-11-23",
    "known_from": "2025-01-01",
    "known_to": "2025-12-31",
    "weekend": ["saturday", "sunday"],
    "holidays": {"2025-01-01": "New Year's Day"},
}


def test_a_calendar_without_moved_days_is_complete():
    calendar = Calendar.from_tree(SMALL)

    assert (frozenset({5, 6}), {}, frozenset(), None) == (
        calendar.weekend,
        calendar.moved,
        calendar.working,
        calendar.moves_known_to,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "name is '', expected a text"),
        ({"weekend": ["sat"]}, "weekend is 'sat', expected a weekday like saturday"),
        ({"weekend": "saturday"}, "weekend is 'saturday', expected a list"),
        ({"holidays": []}, "holidays is [], expected days with a value each"),
        ({"holidays": {"2025-02-30": "x"}}, "holidays is '2025-02-30', expected a day like 2025-03-14"),
        ({"holidays": {"20250201": "x"}}, "holidays is '20250201', expected a day like 2025-03-14"),
        ({"holidays": {"2026-01-01": "x"}}, "calendar XX: 2026-01-01 is outside known_from and known_to"),
        ({"known_to": "2024-12-31"}, "calendar XX: known_from is after known_to"),
        ({"working": ["2025-01-03"]}, "calendar XX: working day 2025-01-03 is no day of a weekend"),
        (
            {"working": ["2025-01-04"], "moved": {"2025-01-04": "2025-01-05"}},
            "calendar XX: 2025-01-04 is both a working and a rest day",
        ),
        ({"holliday": {}}, "a calendar knows no holliday"),
    ],
)
def test_a_calendar_that_does_not_add_up_is_refused(change, message):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - compared in full below
        Calendar.from_tree(SMALL | change)

    assert message in str(told.value)


def test_a_calendar_without_a_source_is_refused():
    with pytest.raises(ValueError, match="a calendar has no known_from, source"):
        Calendar.from_tree({key: SMALL[key] for key in SMALL if key not in {"source", "known_from"}})
