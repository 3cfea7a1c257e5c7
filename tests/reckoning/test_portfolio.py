from decimal import Decimal

from making import an_invoice
from portfolios import alfa, beta, gamma, of, the_three


def test_what_cannot_wait_comes_first_then_the_nearest_step():
    assert ["B-1", "C-1", "A-1"] == [row.case for row in the_three().rows]
    assert ["B-1"] == [row.case for row in the_three().exceptions]


def test_promises_kept_are_told_by_number_and_by_money():
    keeping = the_three().keeping

    assert (1, 2) == (keeping.promises.kept, keeping.promises.of)
    assert [("HUF 200000", "HUF 500000", Decimal("40.0"))] == [
        (str(each.kept), str(each.of), each.percent) for each in keeping.promise_money
    ]


def test_parts_of_a_signed_plan_are_judged_with_their_cure_days():
    keeping = the_three().keeping

    assert (2, 2) == (keeping.parts.kept, keeping.parts.of)
    assert ["EUR"] == [each.currency for each in keeping.part_money]
    assert Decimal("75.0") == keeping.words.percent


def test_the_first_call_is_counted_from_the_missed_day():
    """Alfa after 5 days, Gamma after 2; nobody has called Béta."""
    calls = the_three().first_calls

    assert (2, 1, Decimal("3.5")) == (calls.cases, calls.not_yet, calls.average_days)


def test_without_a_call_there_is_no_average():
    calls = of(beta()).first_calls

    assert (0, 1, None) == (calls.cases, calls.not_yet, calls.average_days)


def test_a_closed_case_has_no_first_call_and_stands_last():
    paid = alfa(case="A-0", invoices=[an_invoice()], payments=[{"day": "2025-03-20", "amount": "4850000"}])

    found = of(paid, gamma())

    assert ["C-1", "A-0"] == [row.case for row in found.rows]
    assert ("done", None) == (found.rows[1].stage, found.rows[1].next_step)
    assert 0 == found.first_calls.not_yet


def test_a_case_decided_about_twice_counts_once_under_a_name():
    decided = [{"day": "2025-03-10", "by": "Szabó Judit", "what": "No letter before April"}]

    found = of(gamma(decisions=decided))

    assert [("Szabó Judit", "tolerance"), ("Szabó Judit", "decision")] == [
        (each.by, each.kind) for each in found.carried
    ]
    assert [("Szabó Judit", 1, "EUR 10000")] == [
        (each.by, each.cases, str(each.overdue)) for each in found.carried_totals
    ]


def test_names_stand_in_the_order_of_the_alphabet_and_what_nobody_decided_last():
    override = {"track": "STAGED", "by": "Árpási Ödön", "day": "2025-03-20", "reason": "He gave his word"}

    found = of(gamma(case="C-2", tolerance=None), gamma(), alfa(override=override))

    assert ["Árpási Ödön", "Szabó Judit", None] == [each.by for each in found.carried_totals]


def test_papers_not_found_are_told_apart_and_make_no_exception():
    found = of(alfa(checks=None), gamma())

    assert ["A-1"] == [row.case for row in found.papers_missing]
    assert () == found.exceptions


def test_no_case_gives_an_empty_worklist():
    found = of()

    assert ((), (), ()) == (found.rows, found.totals.whole, found.expected)
    assert None is found.keeping.words.percent
