"""How far the work is: a line that fits, and silence where nobody looks."""

import io

import pytest

from negotiation_kit.cli.progress import Progress, duration, told


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def run(total: int, steps: int, seconds: float, stream: io.StringIO, **kind: bool) -> Progress:
    clock = Clock()
    progress = Progress(total, stream, clock)
    for _ in range(steps):
        clock.now += seconds
        progress.step(**{"worked": True, **kind})
    return progress


def test_it_tells_what_is_done_how_fast_and_how_long_it_will_still_take(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    stream = Terminal()
    run(1_000, 100, 0.5, stream)

    last = stream.getvalue().split("\r\x1b[2K")[-1]
    assert "[###---------------------------] 100 of 1,000, 2.0 a second, 7 min 30 s left" == last


def test_what_was_no_work_counts_for_no_speed():
    stream = Terminal()
    run(1_000, 100, 0.5, stream, worked=False)

    assert "a second" not in stream.getvalue()


def test_what_was_refused_is_counted():
    stream = Terminal()
    run(1_000, 3, 1, stream, refused=True)

    assert stream.getvalue().endswith(", 3 refused")


def test_the_speed_follows_the_work():
    stream, clock = Terminal(), Clock()
    progress = Progress(1_000, stream, clock)
    for seconds in [0.1] * 100 + [10.0] * 20:
        clock.now += seconds
        progress.step(worked=True)

    assert "0.1 a second" in stream.getvalue().split("\r\x1b[2K")[-1]


def test_nothing_is_drawn_where_nobody_looks():
    stream = io.StringIO()
    run(1_000, 100, 0.5, stream).end()

    assert "" == stream.getvalue()


def test_it_is_drawn_ten_times_a_second_at_most():
    stream = Terminal()
    run(100_000, 10_000, 0.001, stream)

    assert stream.getvalue().count("\r") <= 101


def test_the_line_is_taken_away_at_the_end():
    stream = Terminal()
    run(10, 10, 1, stream).end()

    assert stream.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize("width", [0, 10, 20, 59, 60, 80, 200])
def test_the_line_fits(width):
    assert len(told(9_999, 10_000, 12.3, 41, width)) <= width


def test_of_no_work_all_is_done():
    assert "[##############################] 0 of 0" == told(0, 0, 0, 0, 100)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (3_599, "59 min 59 s"),
        (3_600, "1 h 00 min"),
        (90_000, "25 h 00 min"),
    ],
)
def test_a_time_is_told_in_the_two_units_that_matter(seconds, text):
    assert text == duration(seconds)
