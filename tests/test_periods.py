from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import ROOT

from negotiation_kit.days import Calendar, DayUnknown, JointCalendar, add_months
from negotiation_kit.periods import Period, deadline, series, step

FOLDER = ROOT / "negotiation_kit" / "data" / "calendars"


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(day(text) for text in texts)


def joint(*codes: str) -> JointCalendar:
    texts = [(FOLDER / f"{code}.yaml").read_text(encoding="utf-8") for code in codes]
    return JointCalendar(tuple(Calendar.from_tree(yaml.load(text, Loader=yaml.CBaseLoader)) for text in texts))


HUNGARY, GERMANY = joint("HU"), joint("DE")
WITH_AUSTRIA, WITH_SLOVAKIA, WITH_RUSSIA = joint("HU", "AT"), joint("HU", "SK"), joint("HU", "RU")
WEEKENDS = JointCalendar(
    (
        Calendar.from_tree(
            {
                "code": "XX",
                "name": "Nothing but weekends, for examples older than our calendars",
                "source": "a test",
                "as_known_on": "2026-11-23",
                "known_from": "1990-01-01",
                "known_to": "2030-12-31",
                "weekend": ["saturday", "sunday"],
                "holidays": {},
            }
        ),
    )
)
DAY, BUSINESS_DAY, WEEK, MONTH = (Period.parse(unit) for unit in ("day", "business day", "week", "month"))

some_days = st.dates(day("2023-02-01"), day("2025-09-30"))
some_calendars = st.sampled_from([HUNGARY, WITH_AUSTRIA, WITH_SLOVAKIA, joint("DE", "PL", "CZ"), joint("HU", "RO")])
some_periods = st.builds(Period, st.integers(1, 6), st.sampled_from(["day", "week", "month"]))
some_rules = st.sampled_from(["following", "preceding", "modified following"])
some_numbers = st.integers(0, 5)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("14 days", 14, "day"),
        ("1 day", 1, "day"),
        ("2 weeks", 2, "week"),
        ("3 business days", 3, "business day"),
        ("1 business day", 1, "business day"),
        ("1 month", 1, "month"),
        ("999 months", 999, "month"),
        ("month", 1, "month"),
        ("business day", 1, "business day"),
        ("1 days", 1, "day"),
        ("2 week", 2, "week"),
    ],
)
def test_a_period_is_read_as_a_contract_says_it(text, number, unit):
    assert Period(number, unit) == Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14",
        "0 days",
        "-1 days",
        "014 days",
        "1000 days",
        "1.5 months",
        "days",
        "fortnight",
        "a month",
        "2 years",
        "2 working days",
        "2  weeks",
        "2 weeks ",
        "2 Weeks",
        "2weeks",
        "٢ weeks",
        "2 weeks\n",
    ],
)
def test_anything_else_is_no_period(text):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - compared in full below
        Period.parse(text)

    expected = "expected 1 to 999 days, business days, weeks or months, like 14 days"
    assert f"{text!r} is no period, {expected}" == str(told.value)


@pytest.mark.parametrize(
    ("number", "unit", "message"),
    [
        (0, "day", "a period has 1 to 999 days, not 0"),
        (1000, "month", "a period has 1 to 999 months, not 1000"),
        (1, "year", "'year' is no unit of a period, expected day, business day, week, month"),
    ],
)
def test_a_length_of_time_that_makes_no_sense_is_refused(number, unit, message):
    with pytest.raises(ValueError, match=message):
        Period(number, unit)


@given(st.integers(1, 999), st.sampled_from(["day", "business day", "week", "month"]))
def test_a_period_reads_back_what_it_says(number, unit):
    assert Period(number, unit) == Period.parse(str(Period(number, unit)))


def test_a_period_is_said_in_the_right_number():
    assert ["14 days", "1 month", "1 business day"] == [
        str(Period.parse(text)) for text in ("14 days", "month", "business day")
    ]


@pytest.mark.parametrize(
    ("start", "period", "times", "expected"),
    [
        ("2025-03-14", "14 days", 1, "2025-03-28"),
        ("2025-03-14", "2 weeks", 1, "2025-03-28"),
        ("2025-03-14", "10 days", 3, "2025-04-13"),
        ("2025-03-14", "week", -2, "2025-02-28"),
        ("2024-02-28", "1 day", 1, "2024-02-29"),
        ("2025-01-31", "month", 1, "2025-02-28"),
        ("2025-01-31", "month", 2, "2025-03-31"),
        ("2025-01-31", "month", 3, "2025-04-30"),
        ("2024-01-31", "month", 1, "2024-02-29"),
        ("2024-02-29", "12 months", 1, "2025-02-28"),
        ("2024-02-29", "12 months", 4, "2028-02-29"),
        ("2025-02-28", "month", 1, "2025-03-28"),
        ("2025-11-30", "3 months", 1, "2026-02-28"),
        ("2025-03-31", "month", -1, "2025-02-28"),
        ("2025-05-07", "month", 0, "2025-05-07"),
    ],
)
def test_a_step_is_counted_from_the_start(start, period, times, expected):
    assert day(expected) == step(day(start), Period.parse(period), times)


def test_a_short_month_does_not_shorten_the_months_after_it():
    assert days("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31") == tuple(
        step(day("2025-01-31"), MONTH, times) for times in range(5)
    )


@pytest.mark.parametrize(
    ("start", "on", "expected"),
    [
        ("2025-01-15", 31, ("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30")),
        ("2023-12-20", 30, ("2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30")),
        ("2024-12-20", 29, ("2024-12-29", "2025-01-29", "2025-02-28", "2025-03-29")),
        ("2025-01-31", 10, ("2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10")),
        ("2025-01-31", 1, ("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01")),
    ],
)
def test_steps_of_months_find_the_wished_day(start, on, expected):
    assert days(*expected) == tuple(step(day(start), MONTH, times, on=on) for times in range(4))


def test_the_wished_day_goes_before_the_end_of_the_month():
    assert day("2025-03-30") == step(day("2025-02-28"), MONTH, 1, on=30, end_of_month=True)


@pytest.mark.parametrize("on", [0, 32, -1])
def test_a_day_no_month_has_cannot_be_wished_for(on):
    with pytest.raises(ValueError, match=f"a month has days 1 to 31, not {on}"):
        step(day("2025-01-31"), MONTH, 1, on=on)


@pytest.mark.parametrize("period", [DAY, WEEK, BUSINESS_DAY])
@pytest.mark.parametrize("wish", [{"on": 15}, {"end_of_month": True}])
def test_only_months_keep_to_a_day_of_the_month(period, wish):
    message = f"only steps of months keep to a day of the month, not steps of {period}"

    with pytest.raises(ValueError, match=message):
        series(day("2025-01-31"), period, 2, HUNGARY, **wish)
    if period is not BUSINESS_DAY:
        with pytest.raises(ValueError, match=message):
            step(day("2025-01-31"), period, 1, **wish)


def test_business_days_need_a_calendar():
    with pytest.raises(ValueError, match="business days are counted in a calendar: ask for a series or a deadline"):
        step(day("2025-01-31"), BUSINESS_DAY, 1)


# QuantLib, test-suite/schedule.cpp, testBackwardDatesWithEomAdjustment and testDoubleFirstDateWithEomAdjustment: half
# years at the end of the month, unadjusted and adjusted; "modified following" as in the 2006 ISDA Definitions, 4.12 (a).
def test_the_end_of_a_month_is_kept_as_bonds_keep_it():
    half_year = Period(6, "month")
    unmoved = tuple(step(day("1996-08-31"), half_year, times, end_of_month=True) for times in range(3))
    moved = series(day("1996-08-31"), half_year, 3, WEEKENDS, "modified following", end_of_month=True)
    from_february = series(day("1997-02-28"), half_year, 2, WEEKENDS, "none", end_of_month=True)

    assert days("1996-08-31", "1997-02-28", "1997-08-31") == unmoved
    assert days("1996-08-30", "1997-02-28", "1997-08-29") == moved
    assert days("1997-02-28", "1997-08-31") == from_february
    assert days("1997-02-28", "1997-08-28") == series(day("1997-02-28"), half_year, 2, WEEKENDS, "none")


# The four rules as the 2006 ISDA Definitions, 4.12 (a), describe them, on the month ends of 2025.
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("none", ("2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31")),
        ("following", ("2025-04-30", "2025-06-02", "2025-06-30", "2025-07-31", "2025-09-01")),
        ("preceding", ("2025-04-30", "2025-05-30", "2025-06-30", "2025-07-31", "2025-08-29")),
        ("modified following", ("2025-04-30", "2025-05-30", "2025-06-30", "2025-07-31", "2025-08-29")),
    ],
)
def test_a_series_moves_each_date_by_the_named_rule(rule, expected):
    assert days(*expected) == series(day("2025-01-31"), MONTH, 5, HUNGARY, rule, first=3)


def test_a_move_does_not_carry_over():
    weekly = series(day("2025-10-10"), WEEK, 5, HUNGARY)

    assert days("2025-10-10", "2025-10-17", "2025-10-22", "2025-10-31", "2025-11-07") == weekly


def test_a_series_starts_where_it_is_told():
    monthly = series(day("2025-01-15"), MONTH, 6, HUNGARY, on=31)

    assert monthly[2:] == series(day("2025-01-15"), MONTH, 4, HUNGARY, on=31, first=2)
    assert series(day("2025-01-15"), MONTH, 0, HUNGARY) == ()


def test_a_series_of_business_days_steps_over_rest_days():
    every_other = Period(2, "business day")

    assert days("2025-10-17", "2025-10-20", "2025-10-22", "2025-10-28") == series(
        day("2025-10-17"), every_other, 4, HUNGARY
    )
    assert days("2025-10-17", "2025-10-21", "2025-10-27", "2025-10-29") == series(
        day("2025-10-17"), every_other, 4, WITH_AUSTRIA
    )


def test_a_series_of_business_days_begins_on_one():
    assert days("2025-10-22", "2025-10-27") == series(day("2025-10-25"), BUSINESS_DAY, 2, HUNGARY)
    assert days("2025-10-27", "2025-10-27") == series(day("2025-10-25"), BUSINESS_DAY, 2, HUNGARY, "following")


# Hungary rested on Friday 24 October 2025 for Saturday 18 October (decree 11/2024 of the minister for national economy);
# Austria and Slovakia worked on the Friday and rested on the Saturday.
@pytest.mark.parametrize("calendars", [WITH_AUSTRIA, WITH_SLOVAKIA])
def test_an_exchanged_saturday_is_lost_and_its_rest_day_kept_with_a_neighbour(calendars):
    friday, saturday = day("2025-10-24"), day("2025-10-18")

    assert days("2025-10-22") == series(friday, DAY, 1, calendars)
    assert days("2025-10-27") == series(friday, DAY, 1, calendars, "following")
    assert days("2025-10-17") == series(saturday, DAY, 1, calendars)
    assert days("2025-10-20") == series(saturday, DAY, 1, calendars, "following")
    assert days("2025-10-18") == series(saturday, DAY, 1, HUNGARY)
    assert day("2025-10-27") == deadline(day("2025-10-10"), Period(14, "day"), calendars)
    assert day("2025-10-22") == deadline(day("2025-10-16"), Period(5, "business day"), HUNGARY)
    assert day("2025-10-27") == deadline(day("2025-10-16"), Period(5, "business day"), calendars)


# Russia worked on Saturday 1 November 2025, All Saints' Day in Hungary, and rested on Monday 3 and Tuesday 4 November.
def test_two_countries_that_both_exchange_days_rest_on_the_days_of_both():
    assert days("2025-10-31") == series(day("2025-11-01"), DAY, 1, WITH_RUSSIA)
    assert day("2025-11-05") == deadline(day("2025-10-31"), DAY, WITH_RUSSIA)
    assert day("2025-11-03") == deadline(day("2025-10-31"), DAY, HUNGARY)
    assert day("2025-10-20") == deadline(day("2025-10-17"), BUSINESS_DAY, WITH_RUSSIA)


# ra-kotz.de, "Wie berechnet man eine Monatsfrist?" on BGB 187 (1), 188 (2), (3) and 193, with BGH NJW 1984, 1358.
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2001-04-04", "2001-05-04"),
        ("2001-01-31", "2001-02-28"),
        ("2001-02-28", "2001-03-28"),  # not 31 March
        ("2001-04-05", "2001-05-07"),  # 5 May was a Saturday
    ],
)
def test_a_month_ends_on_the_same_date_by_the_german_code(start, expected):
    assert day(expected) == deadline(day(start), MONTH, WEEKENDS)


# Court of Justice, C-171/03, Toeters and Verberk, on Regulation 1182/71, article 3 (2) (c): a period in weeks ends on the
# weekday of the event. The calves were slaughtered on these days of 1998, and the period was three weeks.
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("1998-03-12", "1998-04-02"),
        ("1998-03-13", "1998-04-03"),
        ("1998-03-16", "1998-04-06"),
        ("1998-01-27", "1998-02-17"),
        ("1998-01-28", "1998-02-18"),
    ],
)
def test_weeks_end_on_the_weekday_of_the_event_by_the_european_regulation(start, expected):
    assert day(expected) == deadline(day(start), Period(3, "week"), WEEKENDS)


# Regulation 1182/71, article 3 (1), (4); BGB 187 (1), 193; Ptk. 8:3: the first day does not count, rest days on the way do,
# and a rest day at the end moves it to the next working day.
@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2025-03-03", "8 days", "2025-03-11"),
        ("2025-03-07", "15 days", "2025-03-24"),  # to Saturday 22 March
        ("2025-04-04", "14 days", "2025-04-22"),  # to Good Friday, and Monday is Easter
        ("2025-12-09", "15 days", "2025-12-29"),  # to Christmas Eve, moved from 13 December
        ("2025-05-09", "8 days", "2025-05-17"),  # to a Saturday that is worked
        ("2025-07-20", "month", "2025-08-21"),  # to Saint Stephen
        ("2025-10-31", "month", "2025-12-01"),  # to Sunday 30 November
        ("2024-01-31", "month", "2024-02-29"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2025-04-25", "week", "2025-05-05"),  # to 2 May, moved from 17 May
    ],
)
def test_a_deadline_on_a_rest_day_ends_on_the_next_working_day(start, period, expected):
    assert day(expected) == deadline(day(start), Period.parse(period), HUNGARY)


def test_a_deadline_may_be_moved_by_another_rule():
    assert day("2025-10-31") == deadline(day("2025-10-02"), Period(30, "day"), HUNGARY, "preceding")
    assert day("2025-11-01") == deadline(day("2025-10-02"), Period(30, "day"), HUNGARY, "none")
    assert day("2025-11-28") == deadline(day("2025-10-30"), MONTH, HUNGARY, "modified following")


def test_a_deadline_in_business_days_starts_to_count_after_a_rest_day():
    assert day("2025-03-17") == deadline(day("2025-03-14"), BUSINESS_DAY, HUNGARY)
    assert day("2025-03-17") == deadline(day("2025-03-15"), BUSINESS_DAY, HUNGARY)
    assert day("2025-03-19") == deadline(day("2025-03-15"), Period(3, "business day"), HUNGARY)


def test_outside_the_known_years_no_date_is_guessed():
    with pytest.raises(DayUnknown, match="calendar HU"):
        deadline(day("2030-12-20"), Period(14, "day"), HUNGARY)
    with pytest.raises(DayUnknown, match="calendar HU"):
        series(day("2030-12-20"), MONTH, 2, HUNGARY)


@given(some_days, some_periods, some_calendars, some_rules, st.integers(1, 6), some_numbers)
def test_a_series_is_on_business_days_and_in_order(start, period, calendars, rule, count, first):
    dates = series(start, period, count, calendars, rule, first=first)

    assert count == len(dates)
    assert all(each.is_business_day(one) for one in dates for each in calendars.calendars)
    assert sorted(dates) == list(dates)


@given(some_days, some_periods, some_calendars, some_rules, some_numbers)
def test_each_date_is_the_step_from_the_start_moved_once(start, period, calendars, rule, number):
    (moved,) = series(start, period, 1, calendars, rule, first=number)

    assert calendars.roll(step(start, period, number), rule) == moved


@given(some_days, some_periods, some_calendars, some_numbers)
def test_preceding_is_never_late_and_following_never_early(start, period, calendars, number):
    (early,) = series(start, period, 1, calendars, "preceding", first=number)
    (late,) = series(start, period, 1, calendars, "following", first=number)

    assert early <= step(start, period, number) <= late
    assert calendars.business_days_between(early, late) <= 1


@given(some_days, st.integers(-60, 60), st.none() | st.integers(1, 31))
def test_steps_of_months_keep_the_day_or_take_the_last(start, times, on):
    there = step(start, MONTH, times, on=on)

    assert times == (there.year - start.year) * 12 + there.month - start.month
    assert there.day == (on or start.day) or (there.day < (on or start.day) and (there + timedelta(1)).day == 1)


@given(some_days, st.integers(-60, 60))
def test_steps_that_keep_the_end_of_the_month_agree_with_added_months(start, times):
    assert add_months(start, times, end_of_month=True) == step(start, MONTH, times, end_of_month=True)
    if (start + timedelta(1)).day == 1:
        assert step(start, MONTH, times, on=31) == step(start, MONTH, times, end_of_month=True)


@given(some_days, st.integers(1, 20), st.integers(0, 5), some_calendars)
def test_a_series_of_business_days_is_as_many_apart_as_it_says(start, number, first, calendars):
    one, other = series(start, Period(number, "business day"), 2, calendars, first=first)

    assert calendars.is_business_day(one)
    assert calendars.is_business_day(other)
    assert number == calendars.business_days_between(one, other)


@given(some_days, st.integers(1, 60), some_calendars)
def test_a_deadline_is_a_business_day_after_its_start(start, number, calendars):
    end = deadline(start, Period(number, "day"), calendars)

    assert calendars.is_business_day(end)
    assert start + timedelta(number) <= end
    assert end <= deadline(start, Period(number, "business day"), calendars)
