"""How far a long work is: a bar on a terminal with what is done, how fast, and how long it will still take."""

import shutil
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

_EVERY = 0.1
"""Seconds between two looks of the bar."""
_WINDOW = 30.0
"""Seconds over which the speed is taken, so that it follows the work."""
_BAR, _NARROW = 30, 60
_HOUR, _MINUTE = 3600, 60
_QUICK = 10


class Progress:
    """Drawn over itself on a terminal; anywhere else nothing is drawn."""

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is done yet."""
        self._total, self._stream, self._clock = total, stream, clock
        self._shown = stream.isatty()
        self._done = self._worked = self._refused = 0
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])
        self._drawn = 0.0

    def step(self, *, worked: bool, refused: bool = False) -> None:
        """One more is done; the speed is that of those that were work."""
        self._done += 1
        self._worked += worked
        self._refused += refused
        if not self._shown:
            return
        now = self._clock()
        if now - self._drawn >= _EVERY or self._done == self._total:
            self._drawn = now
            self._marks.append((now, self._worked))
            while now - self._marks[0][0] > _WINDOW and len(self._marks) > 2:  # noqa: PLR2004 - a speed needs two
                self._marks.popleft()
            width = shutil.get_terminal_size().columns - 1
            line = told(self._done, self._total, self._rate(), self._refused, width)
            self._stream.write(f"\r\x1b[2K{line}")
            self._stream.flush()

    def end(self) -> None:
        """The line is taken away; what follows stands on its own."""
        if self._shown:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()

    def _rate(self) -> float:
        (first, before), (last, after) = self._marks[0], self._marks[-1]
        return (after - before) / (last - first) if last > first else 0.0


def told(done: int, total: int, rate: float, refused: int, width: int) -> str:
    """The line: as much of it as there is room for."""
    share = done / total if total else 1.0
    parts = [f"{done:,} of {total:,}"]
    if rate:
        parts.append(f"{rate:.1f} a second" if rate < _QUICK else f"{rate:,.0f} a second")
        if done < total:
            parts.append(f"{duration((total - done) / rate)} left")
    if refused:
        parts.append(f"{refused:,} refused")
    line = ", ".join(parts)
    room = min(_BAR, width - len(line) - 3)
    if width >= _NARROW and room > 0:
        full = int(share * room)
        line = f"[{'#' * full}{'-' * (room - full)}] {line}"
    return line[: max(width, 0)]


def duration(seconds: float) -> str:
    """A time in the two units that matter."""
    whole = round(seconds)
    if whole >= _HOUR:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02} min"
    if whole >= _MINUTE:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole} s"
