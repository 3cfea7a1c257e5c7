"""Which line closes which: what is opened inside a tag or container must be closed inside it."""

from collections.abc import Sequence

from negotiation_kit.documents.lines import CONTAINERS, Line, near
from negotiation_kit.problems import Place, Problem, Refused


class Problems:
    """What was refused so far."""

    def __init__(self, file: str, source: Sequence[str]) -> None:
        self.file = file
        self.source = source
        self.found: list[Problem] = []

    def add(self, number: int, message: str, hint: str = "") -> None:
        self.found.append(Problem(Place(self.file, number, 1, self.source[number - 1]), message, hint))

    def stop_here(self) -> None:
        if self.found:
            raise Refused(self.found)


def ends_of(lines: Sequence[Line], problems: Problems) -> dict[int, int]:
    """Where each tag and container ends; what is opened inside another must be closed inside it."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for place, one in enumerate(lines):
        last = lines[opened[-1]] if opened else None
        if one.kind in {"open", "fence"}:
            opened.append(place)
            if one.kind == "fence" and one.mark not in CONTAINERS:
                problems.add(one.number, f"unknown container '{one.mark}'", near(one.mark, CONTAINERS))
        elif one.kind in {"close", "between", "fence end"}:
            if not last or not _is_partner(last, one):
                problems.add(one.number, *_crossing(one, last))
                return ends
            if one.kind != "between":
                ends[opened.pop()] = place
    for place in opened:
        end = ":::" if lines[place].kind == "fence" else f"{{% end{lines[place].mark} %}}"
        problems.add(lines[place].number, f"'{lines[place].shown}' is not closed", f"close it with a line {end}")
    return ends


def _is_partner(opening: Line, one: Line) -> bool:
    if one.kind == "fence end":
        return opening.kind == "fence"
    if one.kind == "between":
        return opening.kind == "open" and opening.mark != "block"
    return opening.kind == "open" and opening.mark == one.mark


def _crossing(one: Line, last: Line | None) -> tuple[str, str]:
    if not last:
        return f"'{one.shown}' closes nothing", "nothing is open here"
    message = f"'{one.shown}' comes before the end of '{last.shown}' in line {last.number}"
    return message, "what is opened inside is closed inside"
