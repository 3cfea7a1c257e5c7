"""The canary of sums and days: what only our own people may see has a value of its own, and stands in no client paper."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
import yaml
from making import ROOT, the_kit
from test_pack import all_of

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record, Visibility, is_amount, visibility_of
from negotiation_kit.days import DayUnknown
from negotiation_kit.money import Money
from negotiation_kit.pack import Kit
from negotiation_kit.problems import Refused

KIT = the_kit()
SAMPLES = (
    "late-payer", "after-meeting", "after-a-call", "after-a-missed-part", "ended-open", "seasonal-buyer", "key-client", "two-breakfasts",
)  # fmt: skip
"""Between them every paper a client gets but the closing letter."""
QUICK = {"late-payer", "after-meeting"}
OUR_SUMS = {
    "relationship.purchases_12m": 43_217_901,
    "relationship.expected_12m": 43_217_933,
    "relationship.credit_limit": 43_217_977,
    "relationship.earlier_delays[].amount": 43_218_011,
    "promises[].amount": 43_218,
    "tolerance.amount": 43_218_103,
    "securities[].amount": 43_218_119,
}
"""Odd sums that no reckoning of the samples comes to, by the field they are put into."""
FIRST_DAY = date(2019, 2, 6)
"""The days of ours are days of a year no sample knows; one that a rule wants as it is stays."""


def ours_of(record: Record, path: str = "", above: Visibility = Visibility.SHARED) -> Iterator[tuple[str, object]]:
    """Every sum and day of a case that is not shared, with its field."""
    for name, field in type(record).model_fields.items():
        where, visibility = f"{path}{name}", max(above, visibility_of(type(record), name))
        value = getattr(record, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from ours_of(each, f"{where}[]." if isinstance(value, tuple) else f"{where}.", visibility)
            elif visibility > Visibility.SHARED and (isinstance(each, date) or is_amount(field)) and each is not None:
                yield where, each


def shared_of(record: Record) -> Iterator[object]:
    """Every sum and day of a case that both sides may see."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        for each in value if isinstance(value, tuple) else (value,):
            if visibility_of(type(record), name) is not Visibility.SHARED:
                continue
            if isinstance(each, Record):
                yield from shared_of(each)
            elif isinstance(each, date | Decimal):
                yield each


def put(tree: dict[str, object], path: str, value: object) -> bool:
    """Put a value into every place of a path there is; whether there was one."""
    head, _, rest = path.partition(".")
    name, many = head.removesuffix("[]"), head.endswith("[]")
    below = tree.get(name)
    if not rest:
        tree[name] = value
        return True
    entries = below if many and isinstance(below, list) else [below] if isinstance(below, dict) else []
    return 0 < sum(put(each, rest, value) for each in entries)


@cache
def canary(sample: str) -> Case:
    """A sample whose sums of ours are odd, and whose days of ours are moved to odd days where the rules let them."""
    tree = yaml.load((ROOT / "samples" / f"{sample}.yaml").read_text("utf-8"), yaml.CBaseLoader)
    case = KIT.check(yaml.safe_dump(tree, allow_unicode=True), "case.yaml")
    changes: list[tuple[str, object]] = [*OUR_SUMS.items()]
    days = dict.fromkeys(path for path, value in ours_of(case) if isinstance(value, date) and path != "as_of")
    changes += [(path, (FIRST_DAY + timedelta(days=7 * number)).isoformat()) for number, path in enumerate(days)]
    for path, value in changes:
        changed = yaml.load(yaml.safe_dump(tree, allow_unicode=True), yaml.CBaseLoader)
        if not put(changed, path, str(value)):
            continue
        try:
            tried = KIT.check(yaml.safe_dump(changed, allow_unicode=True), "case.yaml")
            KIT.reckon(tried, tried.as_of)
        except (Refused, DayUnknown):
            continue  # a rule of the case wants this one as it is
        tree = changed
    return KIT.check(yaml.safe_dump(tree, allow_unicode=True), "case.yaml")


def shapes(value: object, currency: str) -> set[str]:
    """Every way the kit, a program or a calendar writes a sum or a day."""
    if isinstance(value, Decimal):
        money = Money(value, currency)
        printed = {f"{KIT.desk.language(code).amount(money)}" for code in ("en", "hu")}
        return {" ".join(each.split()) for each in (*printed, f"{value:f}", f"{value:f}".split(".")[0])}
    assert isinstance(value, date)
    found = {value.isoformat(), value.strftime("%Y%m%d")}
    for code in ("en", "hu"):
        language = KIT.desk.language(code)
        found |= {" ".join(each(value).split()) for each in (language.day, language.short_day, language.weekday_day)}
    return found


def is_odd(value: object) -> bool:
    """Whether the canary put it there."""
    if isinstance(value, date):
        return value.year == FIRST_DAY.year
    return value in {Decimal(each) for each in OUR_SUMS.values()}


def stands_in(shape: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(shape)}(?!\d|[.,]\d)", text) is not None


@pytest.mark.parametrize(
    "sample", [pytest.param(each, marks=[] if each in QUICK else pytest.mark.slow) for each in SAMPLES]
)
def test_no_sum_or_day_of_ours_is_in_any_part_of_a_clients_paper(sample):
    case = canary(sample)
    allowed = set(shared_of(case))
    ours = {(path, value) for path, value in ours_of(case) if is_odd(value)}
    chosen = [
        *Kit.pack(KIT, case, as_of=case.as_of, languages=("en", "hu"), forms=("docx", "html", "text"), chosen="all")
    ]
    theirs = [file for file in chosen if file.audience == "client"]
    calendar = KIT.calendar(case, as_of=case.as_of, language="hu")[1]
    texts = {file.path: " ".join(all_of(file).split()) for file in theirs} | {calendar.path: calendar.content.decode()}
    own = " ".join(" ".join(all_of(file).split()) for file in chosen if file.audience in {"internal", "restricted"})

    seen = {path for path, value in ours if any(stands_in(shape, own) for shape in shapes(value, case.currency))}
    assert seen, "our own papers show some of them, so that the search can find them"
    assert not {value for _, value in ours} & allowed
    for path, value in sorted(ours, key=str):
        for shape in shapes(value, case.currency):
            for name, text in texts.items():
                assert not stands_in(shape, text), f"{path} ({shape}) stands in {name}"


@pytest.mark.slow
def test_the_canary_moves_many_sums_and_days():
    moved = [path for sample in SAMPLES for path, value in ours_of(canary(sample)) if is_odd(value)]

    assert {*OUR_SUMS} <= {*moved}
    assert len({path for path in moved if path not in OUR_SUMS}) >= 6, sorted({*moved})
