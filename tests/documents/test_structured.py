import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from making import EACH_SAMPLE, a_case, day, the_kit

from negotiation_kit.case.fields import Record, Spoken, Visibility, shared, shown_to
from negotiation_kit.documents.structured import plain_data
from negotiation_kit.money import Money
from negotiation_kit.periods import Period


@dataclass(frozen=True, slots=True)
class Computed:
    sum: Money
    hidden: str = field(default="for the reckoning alone", metadata=shown_to(None))
    internal: str = field(default="ours", metadata=shown_to(Visibility.INTERNAL))

    @property
    def doubled(self) -> Money:
        return self.sum + self.sum

    @property
    def _own(self) -> str:
        return "not for readers"

    def reckon(self) -> str:
        return "a method is no value"


class Typed(Record):
    said: str | None = shared("Said", example="yes", default=None)
    many: tuple[str, ...] = shared("Many", example=[], default=())


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("text", "text"),
        (Decimal("14.50"), "14.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00000001"), "0.00000001"),
        (date(2025, 3, 14), "2025-03-14"),
        (Period(14, "day"), "14 days"),
        ((1, (2, "a")), [1, [2, "a"]]),
        ([], []),
        ({date(2025, 3, 14): Decimal(1)}, {"2025-03-14": "1"}),
        (Spoken({"en": "contract", "hu": "szerződés"}), {"en": "contract", "hu": "szerződés"}),
    ],
    ids=repr,
)
def test_a_value_has_one_plain_form(value, form):
    assert form == plain_data(value)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1.5", "EUR", "1.50"),
        ("4850000", "HUF", "4850000"),
        ("4850000.00", "HUF", "4850000"),
        ("0.1234", "EUR", "0.1234"),
        ("-12.30", "GBP", "-12.30"),
        ("999999999999999.99", "EUR", "999999999999999.99"),
        ("0", "JPY", "0"),
        ("1.2345", "KWD", "1.2345"),
    ],
)
def test_an_amount_is_exact_text_beside_its_currency(amount, currency, text):
    assert {"amount": text, "currency": currency} == plain_data(Money(Decimal(amount), currency))


def test_properties_stand_beside_fields_so_that_nothing_is_added_up():
    euro = {"amount": "1.50", "currency": "EUR"}

    assert {"sum": euro, "internal": "ours", "doubled": {"amount": "3.00", "currency": "EUR"}} == plain_data(
        Computed(Money(Decimal("1.5"), "EUR"))
    )


def test_what_a_case_did_not_say_is_left_out():
    assert {} == plain_data(Typed())
    assert {"said": "no"} == plain_data(Typed(said="no"))


def test_what_has_no_plain_form_is_an_error():
    with pytest.raises(TypeError, match="a object has no plain form"):
        plain_data(object())


def floats(value):
    if isinstance(value, dict):
        return any(floats(each) for each in value.values())
    if isinstance(value, list):
        return any(floats(each) for each in value)
    return isinstance(value, float)


@EACH_SAMPLE
@pytest.mark.parametrize("what", ["interest", "allocation", "schedule", "clock", "offers"])
def test_every_explanation_of_every_sample_survives_json_without_a_float(sample, what):
    case = the_kit().check(sample.read_text("utf-8"), sample.name)
    told = the_kit().explained_data(case, what, as_of=case.as_of or day("2025-03-18"))

    assert told == json.loads(json.dumps(told))
    assert not floats(told)


def test_series_of_rates_are_not_told_only_the_values_used():
    told = the_kit().explained_data(a_case(interest={}), "interest", as_of=day("2025-03-20"))

    assert not {"rates", "series"} & told["interest"]["terms"].keys()
    assert "6.50" == told["interest"]["references"][0]["quote"]["percent"]
