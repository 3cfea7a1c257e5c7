import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from making import the_kit
from portfolios import AS_OF, alfa, beta, gamma, of, owned_by, the_three
from writing import HOSTILE

from negotiation_kit.documents import portfolio_page
from negotiation_kit.documents.portfolio_page import LeftOut
from negotiation_kit.documents.wording import Form, Wording
from negotiation_kit.reckoning.portfolio import Portfolio

LANGUAGES = ("en", "hu")
every_language = pytest.mark.parametrize("language", LANGUAGES)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def wording(language: str, form: Form) -> Wording:
    """Compiled once for all tests."""
    return the_kit().desk.wording(language, form, portfolio_page.NAMES)


def text(portfolio: Portfolio, language: str = "en", *left_out: LeftOut) -> str:
    return portfolio_page.text(wording(language, "text"), portfolio, left_out)


def page(portfolio: Portfolio, language: str = "en", *left_out: LeftOut) -> str:
    return portfolio_page.page_of(wording(language, "html"), the_kit().desk.language(language), portfolio, left_out)


def squeezed(said: str) -> str:
    return re.sub(r"\s+", " ", said)


def test_what_cannot_wait_stands_before_all_cases():
    said = text(the_three())

    assert said.index("What cannot wait") < said.index("We are late ourselves") < said.index("All cases")


def test_a_line_says_where_a_case_stands():
    said = squeezed(text(the_three()))

    assert "A-1 Alfa Kft. Kiss Anna HUF 1,300,000 32 claim 11 STAGED C2 pulse call 26 Mar 2025" in said
    assert "B-1 Béta GmbH Árvai Béla EUR 2,000.00 52 claim plan STAGED C2 next part 25 Mar 2025" in said


def test_sums_stand_on_the_right():
    ends = {
        line.index(sum_) + len(sum_)
        for line in text(the_three()).splitlines()
        for sum_ in re.findall(r"^[ABC]-1.*?((?:HUF|EUR)\s[\d,.]+)  ", line)
    }

    assert 1 == len(ends)


def test_each_currency_has_its_own_line_of_totals():
    said = squeezed(text(the_three()))

    assert "Kiss Anna 1 EUR 10,000.00 EUR 10,000.00 Kiss Anna 1 HUF 1,300,000 HUF 1,600,000" in said
    assert "Overdue: EUR 12,000.00 of EUR 12,000.00 open, in 2 cases" in said


def test_what_management_decided_stands_apart_under_the_name():
    said = squeezed(text(the_three()))

    assert "Szabó Judit C-1 Gamma Nyrt. tolerance granted 8 Jan 2025 EUR 10,000.00" in said


def test_expected_money_shows_the_best_case_beside_it():
    said = squeezed(text(the_three()))

    assert "13 24 Mar 2025 750.00 1,000.00 0.00 0.00" in said
    assert "13 24 Mar 2025 0 0 300,000 400,000" in said
    assert "times the share of all clients, 75%" in said


def test_without_a_record_no_expected_sum_is_shown():
    portfolio = of(alfa(promises=[{"said": "2025-03-20", "amount": "400000", "pay_by": "2025-03-27"}]))

    said = squeezed(text(portfolio))

    assert "13 24 Mar 2025 – 0 – 400,000" in said
    assert "nothing is on record yet, so no sum is given" in said


def test_how_words_are_kept_is_told():
    said = squeezed(text(the_three()))

    assert "Promises kept: 1 of 2 (50%) Promised money that came in time: HUF 200,000 of HUF 500,000 (40%)" in said
    assert "Parts of signed plans kept: 2 of 2 (100%)" in said
    assert "days on average: 3.5, in 2 cases; nobody has called yet in 1 case" in said


@every_language
def test_no_line_is_wider_than_a_terminal(language):
    long = "Példa " * 12
    cases = [
        alfa(client={"name": long, "segment": "standard"}, supplier=owned_by(long), case="A" * 64),
        beta(client={"name": long, "segment": "core"}, checks=None),
        gamma(tolerance=None, supplier=owned_by(None), superior_told=None),
    ]

    said = text(of(*cases), language, LeftOut("x.yaml", "no", 0))

    assert [] == [line for line in said.splitlines() if len(line) > portfolio_page.WIDTH]


def test_a_sum_is_never_cut_even_where_a_line_grows_wider():
    long = {
        "invoices": [{"number": "A1", "issued": "2025-01-20", "due": "2025-02-20", "amount": "999999999999999"}],
        "payments": [],
        "case": "A-2025-00000001",
        "client": {"name": "Alfa Festékgyár és Bútoripari Kft.", "segment": "key"},
        "supplier": owned_by("Kiss-Szentgyörgyi Annamária"),
        "tolerance": None,
    }

    assert "999,999,999,999,999" in text(of(alfa(**long)))
    assert "999\N{NO-BREAK SPACE}999\N{NO-BREAK SPACE}999\N{NO-BREAK SPACE}999\N{NO-BREAK SPACE}999" in text(
        of(alfa(**long)), "hu"
    )


def test_a_case_without_an_owner_is_told_first():
    said = text(of(alfa(supplier=owned_by(None)), beta()))

    assert "- Late: Nobody owns this case." in said
    assert said.index("A-1") < said.index("B-1")


def test_files_left_out_are_counted_beside_the_sums():
    assert "Not in these sums: files that could not be read: 1" in squeezed(
        text(the_three(), "en", LeftOut("x.yaml", "no", 0))
    )
    assert "Not in these sums" not in text(the_three())


@every_language
def test_an_empty_worklist_can_be_shown(language):
    assert text(of(), language)
    assert "<svg" not in page(of(), language)


@every_language
def test_every_sentence_of_the_page_is_there_in_both_languages(language):
    cases = [alfa(), beta(checks=None), gamma(tolerance=None, supplier=owned_by(None), checks=None)]

    said = page(of(*cases), language, LeftOut("x.yaml", "client is missing", 2))

    assert "x.yaml" in said
    assert "client is missing" in said
    assert f'lang="{language}-' in said


@every_language
def test_the_footer_says_that_it_is_internal(language):
    word = {"en": "Internal – never in the client", "hu": "Belső irat – az ügyfél kezébe nem kerülhet"}[language]
    circle = {"en": "restricted circle", "hu": "korlátozott kör"}[language]
    footers = [
        re.search("<footer>.*</footer>", page(of(*cases), language), re.DOTALL)[0] for cases in ([alfa()], [gamma()])
    ]

    assert all(word in footer for footer in footers)
    assert [False, True] == [circle in footer for footer in footers]


def test_the_page_needs_nothing_but_itself_and_lies_on_its_side():
    said = page(the_three())

    assert "A4 landscape" in said
    assert not re.search(r"<script|<link|<img|@import|url\(", said)
    assert {"http://www.w3.org/2000/svg"} == set(re.findall(r"https?://[^\"\s]+", said))


def test_charts_are_told_in_words():
    drawings = re.findall("<svg.*?</svg>", page(the_three()), re.DOTALL)
    names = [ET.fromstring(drawing).find(f"{SVG}title").text for drawing in drawings]
    told = [ET.fromstring(drawing).find(f"{SVG}desc").text for drawing in drawings]

    assert names == [
        "What is open, by age (EUR)",
        "What is open, by age (HUF)",
        "Plan money by week (EUR): dark what the record lets us expect, outline the best case",
    ]
    assert "31 to 60 days: HUF 800,000" in squeezed(told[1])
    assert "W13, 24 Mar 2025: EUR 750.00 / EUR 1,000.00" in squeezed(told[2])


def test_a_chart_of_weeks_without_a_record_shows_the_best_case_alone():
    outcome = beta().outcome.model_dump(mode="json")
    outcome |= {"day": "2025-03-21", "signed": "2025-03-21"}
    for part, due in zip(outcome["schedule"], ("2025-03-26", "2025-04-02", "2025-04-09", "2025-04-16"), strict=True):
        part["due"] = due

    said = squeezed(page(of(beta(outcome=outcome, payments=[], meeting={"day": "2025-03-21"}))))

    assert "W13, 24 Mar 2025: EUR 1,000.00;" in said


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_value_becomes_structure(hostile):
    plain = page(
        of(alfa(client={"name": "X", "segment": "standard"}, supplier=owned_by("Y"))), "en", LeftOut("f", "m", 0)
    )
    case = alfa(client={"name": hostile, "segment": "standard"}, supplier=owned_by(hostile))

    said = page(of(case), "en", LeftOut(hostile, hostile, 0))

    tags = [re.findall("<[a-z/][^>]*>", each.replace("<br>", "")) for each in (plain, said)]
    assert tags[0] == tags[1]


def test_the_same_cases_give_the_same_page():
    assert page(the_three()) == page(of(gamma(), alfa(), beta()))
    assert str(AS_OF.year) in page(the_three())
