"""Cases that grow line by line, and the longest one: what their papers look like at the end of a page."""

import copy
from datetime import date, timedelta

import yaml
from making import ROOT, a_calendar

SENTENCE = "A further circumstance that both sides think worth writing down, told in about one line and a half of it. "


def _sample(name: str) -> dict:
    return yaml.load((ROOT / "samples" / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)


def _written(case: dict) -> str:
    return yaml.dump(copy.deepcopy(case), Dumper=_Plain, allow_unicode=True, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """Writes everything out, without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def after_the_meeting(more: int) -> str:
    """The sample after its meeting, told at greater length."""
    case = _sample("after-meeting")
    case["outcome"]["circumstances"] = dict.fromkeys(("en", "hu"), SENTENCE * (1 + more))
    for part in case["outcome"]["schedule"][: 1 + more % 4]:
        part["source"] = dict.fromkeys(("en", "hu"), "a payment of a customer " * (1 + more // 3))
    return _written(case)


def before_the_meeting(more: int) -> str:
    """The sample before its meeting, with more people at the table."""
    case = _sample("late-payer")
    for number in range(more):
        case["client"]["people"].append({"name": f"Kerekes Mária {number}", "role": "member of the board"})
    return _written(case)


def ended_open(more: int) -> str:
    """The sample that ended without an agreement, with more points left open."""
    case = _sample("ended-open")
    case["outcome"]["circumstances"] = dict.fromkeys(("en", "hu"), SENTENCE * (1 + more))
    return _written(case)


def the_longest() -> str:
    """Forty invoices, twenty-four parts, long names, large sums."""
    case, calendar = _sample("after-meeting"), a_calendar("HU")
    case["case"] = "2025/0999-NAGY"
    case["supplier"]["name"] = (
        "Őrségi Tűzzománc-, Festék- és Felületkezelőanyag-gyártó és -forgalmazó Korlátolt Felelősségű Társaság"
    )
    case["client"]["name"] = (
        "Észak-magyarországi Fenntartható Faipari, Bútoripari és Belsőépítészeti Kereskedelmi és Szolgáltató"
        " Zártkörűen Működő Részvénytársaság"
    )
    case["client"]["people"][0]["name"] = "Zichy-Széchenyi Maximiliánné dr. Kovács-Szabó Erzsébet Bernadett"
    amounts = [98_765_432 + 1_234_567 * number for number in range(40)]
    case["invoices"] = [
        {
            "number": f"SZ-2024/HU-{1000 + 37 * number:06d}-{'AB'[number % 2]}",
            "issued": str(date(2024, 9, 2) + timedelta(days=3 * number)),
            "due": str(date(2024, 11, 1) + timedelta(days=3 * number)),
            "amount": str(amount),
            "delivery": {"en": f"delivery note L-{4000 + number}", "hu": f"L-{4000 + number} számú szállítólevél"},
        }
        for number, amount in enumerate(amounts)
    ]
    case["finance_notice"] = "2025-03-10"
    case["authority"] |= {
        "parts": "24",
        "last_day_days": "800",
        "first_part_percent": "4",
        "approved_plan": "Nagy Péter, 2025-03-24",
    }
    case["policy"] = {"plan_max_days": "800", "parts_max": "24"}
    each, parts = sum(amounts) // 24, []
    for number in range(24):
        due = date(2025 + (3 + number) // 12, (3 + number) % 12 + 1, 7)
        while not calendar.is_business_day(due):
            due += timedelta(days=1)
        parts.append({"due": str(due), "amount": str(each if number < 23 else sum(amounts) - 23 * each)})
    case["outcome"]["schedule"] = parts
    case["outcome"]["risks"] *= 3
    case["outcome"]["actions"] *= 2
    return _written(case)


def the_longest_before() -> str:
    """The same before its meeting."""
    case = yaml.load(the_longest(), yaml.BaseLoader)
    del case["outcome"]
    return _written(case | {"as_of": "2025-03-18"})


def signed(*paid: tuple[str, str], as_of: str) -> str:
    """The sample after its meeting, signed, with these payments, on a later day."""
    case = _sample("after-meeting")
    case["outcome"]["signed"] = case["as_of"]
    case["payments"] = [{"day": on, "amount": amount} for on, amount in paid]
    return _written(case | {"as_of": as_of})


def before_a_further_round() -> str:
    """The sample that ended open, with its next meeting in the diary."""
    case = _sample("ended-open")
    case["meeting"] |= {"day": "2026-06-25"}
    return _written(case | {"as_of": "2026-06-22"})
