"""The worklist of 1,000 generated cases: reading, reckoning and every form of it, in seconds.

    python tests/benchmarks/bench_portfolio.py [NUMBER] [FOLDER]

The cases are invented by a fixed seed: four owners and cases without one, four currencies, invoices paid in part,
promises, signed plans, key clients with a tolerance, and our own late actions. With a folder they are left there.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from negotiation_kit import folder as worklist
from negotiation_kit.files import library, read_cases, yaml_below
from negotiation_kit.pack import Kit

NUMBER, SEED, AS_OF = 1_000, 20261125, date(2026, 3, 18)
FRIDAY, HOLIDAYS = 4, {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1)}
OWNERS = ("Kiss Anna", "Balogh Zsófia", "Árvai Őrs", "Laura Beck")
LAWS = (("HU", "HUF", 1000), ("AT", "EUR", 3), ("DE", "EUR", 3), ("CZ", "CZK", 70), ("PL", "PLN", 12))
SEGMENTS = ("key", "core", "standard", "standard", "occasional")
AGREED = {
    "client_idea": "A quarter every fortnight",
    "circumstances": "A large order was paid late.",
    "acknowledged": {"kind": "whole"},
    "interest": "runs",
    "cooperation": "New orders are prepaid.",
    "security": "none",
    "risks": [{"event": "A receipt is late"}],
    "consequence": "You call me the same day.",
    "next_step": "hand the matter to its legal department",
    "next_contact": {"day": "2026-04-01", "form": "by phone", "persons": "Kiss Anna, Tóth Béla"},
}
POLICY = "version: 2026-01\nnegotiation_days: 10\n"


def generated(number: int, chance: random.Random) -> dict[str, object]:
    """One case as a person would write it."""
    law, currency, unit = chance.choice(LAWS)
    oldest = AS_OF - timedelta(chance.choice((-5, 3, 6, 9, 14, 30, 45, 70, 100, 140)))
    sums = [chance.randint(20, 900) * 10 * unit for _ in range(chance.randint(1, 4))]
    segment = chance.choice(SEGMENTS)
    said = max(oldest + timedelta(2), AS_OF - timedelta(20))
    case: dict[str, object] = {
        "case": f"G-{number:04}",
        "jurisdiction": law,
        "currency": currency,
        "policy_file": "policy.yaml",
        "supplier": {"name": "Borostyán Festék Kft.", "people": _people(chance)},
        "client": {"name": f"Példa {number % 700:03} Kft.", "segment": segment},
        "invoices": [
            {
                "number": f"SZ-{number}-{place}",
                "issued": str(oldest - timedelta(30)),
                "due": str(oldest + timedelta(7 * place)),
                "amount": str(amount),
            }
            for place, amount in enumerate(sums)
        ],
        "interest": {"claim": "for information"},
        "checks": {"copies": dict.fromkeys(("contract", "orders", "delivery_notes", "invoices"), "found")},
        "meeting": {"day": str(max(AS_OF, oldest + timedelta(10)))},
    }
    if oldest < AS_OF and chance.random() < 0.9:
        case |= {"finance_notice": str(oldest + timedelta(1)), "superior_told": str(oldest + timedelta(1))}
    if said < AS_OF:
        case["contacts"] = [{"day": str(said), "channel": "phone", "got_day": "yes"}]
        case["promises"] = list(_promises(said, sums, chance))
        if len(sums) == 1 and chance.random() < 0.8:
            case |= _agreed(said, sums, chance)
    if segment == "key":
        granted = {"days": "40", "approved_by": "Szabó Judit, managing director", "decided": "2026-01-08"}
        case["tolerance"] = granted | {"within": "nudge"}
    return case


def _people(chance: random.Random) -> list[dict[str, str]]:
    owner = chance.choice((*OWNERS, None)) if chance.random() < 0.1 else chance.choice(OWNERS)
    return [{"name": owner, "role": "account manager"}] if owner else []


def _promises(said: date, sums: list[int], chance: random.Random) -> Iterator[dict[str, str]]:
    for day in (3, 9, 16, 25)[: chance.randint(0, 4)]:
        yield {
            "said": str(said),
            "amount": str(sums[0] // 4),
            "pay_by": str(said + timedelta(day)),
            "speaker": "Tóth Béla",
        }


def _agreed(said: date, sums: list[int], chance: random.Random) -> dict[str, object]:
    """A plan of four parts over the oldest invoices, with as many of them paid as chance has it."""
    whole = sum(sums)
    parts = [whole // 4] * 3 + [whole - whole // 4 * 3]
    days = [_weekday(said + timedelta(4 + 14 * place)) for place in range(4)]
    outcome = {
        "day": str(said),
        "schedule": [{"due": str(day), "amount": str(part)} for day, part in zip(days, parts, strict=True)],
        "actions": [_action("supplier", said, chance), _action("client", said, chance)],
        **AGREED,
    }
    if chance.random() < 0.8:
        outcome |= {"signed": str(said)}
    come = [(day, part) for day, part in zip(days, parts, strict=True) if day < AS_OF and chance.random() < 0.7]
    return {
        "outcome": outcome,
        "payments": [{"day": str(day), "amount": str(part)} for day, part in come],
        "authority": {"approved_plan": "Nagy Péter"},
    }


def _action(side: str, said: date, chance: random.Random) -> dict[str, str]:
    by = said + timedelta(2)
    done = {"done": str(by)} if chance.random() < 0.7 else {}
    who = "Kiss Anna" if side == "supplier" else "Tóth Béla"
    return {"what": "Sends the balance", "who": who, "side": side, "by": str(by), "proof": "mail"} | done


def _weekday(day: date) -> date:
    """The day, or the one before it that is worked in all five countries."""
    while day.weekday() > FRIDAY or day in HOLIDAYS:
        day -= timedelta(1)
    return day


def write(folder: Path, number: int) -> None:
    """So many case files and their policy."""
    chance = random.Random(SEED)
    (folder / "policy.yaml").write_text(POLICY, "utf-8")
    for place in range(number):
        text = yaml.safe_dump(generated(place, chance), allow_unicode=True, sort_keys=False)
        (folder / f"g-{place:04}.yaml").write_text(text, "utf-8")


def measure(folder: Path) -> None:
    """Print how long each step takes, the reading once, the forms after it."""
    kit = Kit(library())
    began = time.perf_counter()
    found = worklist.read_folder(kit, read_cases(yaml_below(folder)), AS_OF)
    seconds = time.perf_counter() - began
    rows = len(found.portfolio.rows)
    print(f"{rows} cases, {len(found.broken)} refused, Python {sys.version.split()[0]}")
    print(f"{'read, checked, reckoned':<28} {seconds:7.2f} s  {rows / seconds:8,.0f} cases a second")
    forms = (worklist.worklist_text, worklist.worklist_page, worklist.worklist_csv, worklist.worklist_xlsx)
    for form in forms:
        began = time.perf_counter()
        form(kit, found, "en")
        print(f"{form.__name__:<28} {time.perf_counter() - began:7.2f} s")
    for each in found.broken[:3]:
        print(each.first)


def main() -> None:
    """Write, measure, and clean up unless a folder was named."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    if len(sys.argv) > 2:
        named = Path(sys.argv[2])
        named.mkdir(parents=True, exist_ok=True)
        write(named, number)
        measure(named)
        return
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), number)
        measure(Path(name))


if __name__ == "__main__":
    main()
