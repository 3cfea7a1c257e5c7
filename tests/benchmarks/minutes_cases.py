"""The cases of the document benchmarks: an agreed plan of invented companies, alike in shape and unlike in every fact.

Each has two parties, ten invoices, 24 parts, eight actions and one person a side who signs. The days are business days
of Hungary, so that the kit accepts them; all sums are in forints.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import yaml

from negotiation_kit.days import JointCalendar

SEED = 20261125
INVOICES, PARTS, ACTIONS, ROWS = 10, 24, 8, 2_000
_FIRST = ("Anna", "Béla", "Csilla", "Dénes", "Éva", "Ferenc", "Győző", "Hédi", "Ödön", "Zsófia")
_LAST = ("Árvai", "Balogh", "Csóka", "Dudás", "Fekete", "Győri", "Hegedűs", "Kőműves", "Ördög", "Szűcs")
_TOWN = ("Győr", "Szombathely", "Pécs", "Vác", "Baja", "Makó", "Gödöllő", "Kőszeg")
_TRADE = ("Bútor", "Festék", "Malom", "Nyomda", "Öntöde", "Sörfőző", "Textil", "Üveg")
_LEGAL = ("Kft.", "Zrt.", "Bt.", "Nyrt.")
_WORD = ("colour schedule", "balance form", "delivery list", "bank letter", "price list", "stock count", "order book")
_OURS = (
    {"role": "superior", "position": "Head of sales", "signs": "alone", "attends": "yes"},
    {"role": "account manager", "position": "Key account manager", "attends": "yes", "phone": "+36 1 555 0101"},
)
_THEIRS = (
    {"role": "Managing director", "decides": "yes", "signs": "alone", "power": "register extract"},
    {"role": "Head of accounts"},
)


@dataclass(frozen=True, slots=True)
class BenchCase:
    """A case as its text, the day it stands on, and what any paper made of it must say."""

    text: str
    as_of: date
    figures: tuple[str, ...]
    """Names, numbers and sums as an English reader sees them."""


def minutes_cases(number: int, calendars: JointCalendar) -> tuple[BenchCase, ...]:
    """So many cases of signable minutes."""
    chance = random.Random(SEED)
    return tuple(
        _case(place, chance, calendars, date(2025, 3, 24) + timedelta(7 * (place % 20))) for place in range(number)
    )


def long_cases(number: int, calendars: JointCalendar, rows: int = ROWS) -> tuple[BenchCase, ...]:
    """So many cases with one part on every business day of eight years."""
    chance = random.Random(SEED + 1)
    begin = date(2022, 5, 2)
    return tuple(_case(place, chance, calendars, begin + timedelta(7 * place), rows) for place in range(number))


def before_the_meeting(case: BenchCase) -> BenchCase:
    """The same case while nothing is agreed: the papers that prepare the talk."""
    tree = yaml.safe_load(case.text)
    tree["as_of"] = str(case.as_of)
    tree["client"]["people"][0]["attends"] = "yes"
    del tree["outcome"], tree["authority"]
    return BenchCase(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), case.as_of, ())


def _case(place: int, chance: random.Random, calendars: JointCalendar, day: date, parts: int = PARTS) -> BenchCase:
    day = calendars.following(day)
    unit = 1_000 if parts != PARTS else 10_000
    shares = [unit * chance.randint(11, 99) for _ in range(parts)]
    sums = _cut(sum(shares), unit, chance)
    due_days = _days(day, parts, calendars)
    supplier, client = _party(chance, f"08-09-{place:06}", _OURS), _party(chance, f"18-10-{place:06}", _THEIRS)
    invoices = [
        {
            "number": f"SZ-{place}-{number}",
            "issued": str(day - timedelta(80 - number)),
            "due": str(day - timedelta(40 - number)),
            "amount": str(amount),
            "delivery": f"delivery note L-{chance.randint(1000, 9999)}",
        }
        for number, amount in enumerate(sums, start=1)
    ]
    case = {
        "case": f"B-{place:04}",
        "as_of": str(day),
        "languages": ["en"],
        "jurisdiction": "HU",
        "calendars": ["HU"],
        "currency": "HUF",
        "supplier": supplier
        | {"bank": {"number": _iban(chance), "bank": "Minta Bank Nyrt.", "reference": f"B-{place:04}"}},
        "client": client | {"segment": "standard"},
        "relationship": {
            "contract": {"number": f"K-{chance.randint(100, 999)}", "signed": str(day - timedelta(400 + place))}
        },
        "invoices": invoices,
        "interest": {"claim": "not claimed"},
        "finance_notice": str(day - timedelta(30)),
        "superior_told": str(day - timedelta(30)),
        "judgement": {"cause": "cash_gap", "capacity": "strained", "will": "cooperative", "supply_wanted": "yes"},
        "authority": {"approver": "Nagy Péter", "approved_plan": "Nagy Péter"},
        "meeting": {"day": str(day), "at": "10:00", "place": str(client["seat"])},
        "outcome": _outcome(chance, day, due_days, shares, supplier, client, calendars),
    }
    said = [str(party[name]) for party in (supplier, client) for name in ("name", "seat", "registration")]
    said += [f"{amount:,}" for amount in (*shares, sum(sums))]
    said += [_shown(each) for each in due_days]
    if parts == PARTS:  # the minutes say more than the schedule alone
        said += [str(party["tax_number"]) for party in (supplier, client)]
        said += [person["name"] for party in (supplier, client) for person in party["people"]]
        said += [f"{amount:,}" for amount in sums]
        said += [invoice[name] for invoice in invoices for name in ("number", "delivery")]
        said += [action["what"] for action in case["outcome"]["actions"]]
    return BenchCase(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), day, tuple(dict.fromkeys(said)))


def _outcome(
    chance: random.Random,
    day: date,
    due_days: list[date],
    shares: list[int],
    supplier: dict[str, object],
    client: dict[str, object],
    calendars: JointCalendar,
) -> dict[str, object]:
    people = {"supplier": supplier["people"], "client": client["people"]}
    actions = [
        {
            "what": f"Sends the {chance.choice(_WORD)} No. {chance.randint(100, 999)}",
            "who": people[side][number % 2]["name"],
            "side": side,
            "by": str(calendars.following(day + timedelta(2 + number))),
            "proof": f"{chance.choice(_WORD)} by mail",
        }
        for side in ("supplier", "client")
        for number in range(ACTIONS // 2)
    ]
    named = f"{people['supplier'][0]['name']}, {people['client'][1]['name']}"
    return {
        "day": str(day),
        "at": f"{chance.randint(8, 11):02}:00",
        "until": f"{chance.randint(12, 16):02}:30",
        "place": chance.choice(_TOWN),
        "client_idea": "A part every fortnight",
        "circumstances": f"A customer of the Client paid order {chance.randint(1000, 9999)} three weeks late.",
        "acknowledged": {"kind": "whole"},
        "schedule": [{"due": str(due), "amount": str(amount)} for due, amount in zip(due_days, shares, strict=True)],
        "interest": "not claimed",
        "cooperation": f"New orders of up to {chance.randint(2, 9)} pallets are delivered against prepayment.",
        "security": "none",
        "actions": actions,
        "risks": [{"event": f"The payment for order {chance.randint(1000, 9999)} is late"}],
        "consequence": f"{people['client'][0]['name']}: you call me the same day, and I call our bank",
        "next_step": f"hand the matter to its legal department, file {chance.randint(1000, 9999)}",
        "next_contact": {"day": str(calendars.following(day + timedelta(3))), "form": "by phone", "persons": named},
    }


def _party(chance: random.Random, registration: str, people: tuple[dict[str, str], ...]) -> dict[str, object]:
    seat = f"{chance.randint(1000, 9999)} {chance.choice(_TOWN)}, Mintakert utca {chance.randint(1, 99)}."
    names = [f"{last} {first}" for last, first in zip(chance.sample(_LAST, 2), chance.sample(_FIRST, 2), strict=True)]
    people = [{"name": name} | facts for name, facts in zip(names, people, strict=True)]
    return {
        "name": f"{chance.choice(_LAST)} & {chance.choice(_LAST)} {chance.choice(_TRADE)} {chance.choice(_LEGAL)}",
        "seat": seat,
        "registration": registration,
        "tax_number": f"{chance.randint(10_000_000, 29_999_999)}-2-{chance.randint(10, 44)}",
        "notices": f"{seat}; penzugy{chance.randint(10, 99)}@minta.example",
        "people": people,
    }


def _cut(whole: int, unit: int, chance: random.Random) -> list[int]:
    """A sum in as many parts as there are invoices, in whole units, each unlike the others in most cases."""
    places = sorted(chance.sample(range(1, whole // unit), INVOICES - 1))
    return [unit * (end - start) for start, end in zip([0, *places], [*places, whole // unit], strict=True)]


def _days(day: date, number: int, calendars: JointCalendar) -> list[date]:
    """A fortnight apart, or every business day where there are very many."""
    found = [calendars.following(day + timedelta(2))]
    step = 1 if number != PARTS else 14
    while len(found) < number:
        found.append(calendars.following(found[-1] + timedelta(step)))
    return found


def _iban(chance: random.Random) -> str:
    account = f"1160{chance.randrange(10**20):020}"
    digits = f"{account}173000"  # HU as 17 and 30, then two places for the check
    check = 98 - int(digits) % 97
    plain = f"HU{check:02}{account}"
    return " ".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def _shown(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"
