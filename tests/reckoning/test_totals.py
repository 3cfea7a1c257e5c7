from portfolios import alfa, beta, gamma, of, owned_by, the_three

from negotiation_kit.reckoning.totals import Total


def told(lines: tuple[Total, ...]) -> list[tuple[str | None, int, str, str]]:
    return [(line.value, line.cases, str(line.overdue.rounded()), str(line.open.rounded())) for line in lines]


def test_the_whole_has_one_line_a_currency():
    assert [("", 2, "EUR 12000.00", "EUR 12000.00"), ("", 1, "HUF 1300000", "HUF 1600000")] == told(
        the_three().totals.whole
    )


def test_owners_stand_in_the_order_of_the_alphabet():
    assert [
        ("Árvai Béla", 1, "EUR 2000.00", "EUR 2000.00"),
        ("Kiss Anna", 1, "EUR 10000.00", "EUR 10000.00"),
        ("Kiss Anna", 1, "HUF 1300000", "HUF 1600000"),
    ] == told(the_three().totals.by_owner)


def test_cases_without_an_owner_or_a_segment_have_a_line_of_their_own():
    totals = of(gamma(supplier=owned_by(None), client={"name": "Gamma Nyrt."}), alfa()).totals

    assert ["Kiss Anna", None] == [line.value for line in totals.by_owner]
    assert ["standard", None] == [line.value for line in totals.by_segment]


def test_segments_stages_and_tracks_stand_in_the_order_of_the_method():
    totals = the_three().totals

    assert ["key", "core", "standard"] == [line.value for line in totals.by_segment]
    assert [("claim", "EUR"), ("claim", "HUF"), ("court", "EUR")] == [
        (line.value, line.currency) for line in of(alfa(), beta(outcome=None), gamma()).totals.by_stage
    ]
    assert ["STAGED", "STAGED", "EXECUTIVE"] == [line.value for line in totals.by_track]


def test_ageing_parts_invoices_by_their_own_due_days():
    ageing = {each.currency: dict(each.bands) for each in the_three().totals.ageing}

    assert {"not_due": "300000", "0-30": "500000", "31-60": "800000", "61-90": "0", "90+": "0"} == {
        band: str(amount.amount) for band, amount in ageing["HUF"].items()
    }
    assert {"not_due": "0.00", "0-30": "10000.00", "31-60": "2000.00", "61-90": "0.00", "90+": "0.00"} == {
        band: str(amount.rounded().amount) for band, amount in ageing["EUR"].items()
    }


def test_a_case_of_two_currencies_counts_in_both_lines():
    invoices = [
        {"number": "A1", "issued": "2025-01-20", "due": "2025-02-20", "amount": "1000000"},
        {"number": "A2", "issued": "2025-01-20", "due": "2025-02-20", "amount": "50", "currency": "EUR"},
    ]

    found = of(alfa(invoices=invoices, payments=[]))

    assert [("", 1, "EUR 50.00", "EUR 50.00"), ("", 1, "HUF 1000000", "HUF 1000000")] == told(found.totals.whole)
    assert ["EUR 50"] == [str(each) for each in found.rows[0].elsewhere]
