from datetime import date
from decimal import Decimal

import pytest
from making import a_case, the_kit
from writing import word_bytes

from negotiation_kit.case.fields import Visibility
from negotiation_kit.documents.leak import Secret, flat, flattened, leaks, secrets_of, text_of, texts_in
from negotiation_kit.documents.views import seen
from negotiation_kit.money import Money

ENGLISH = the_kit().desk.language("en")


def found(text, *secrets, values=(), wording=""):
    content = flattened({"the text of paper": text, "the markup of paper": text})
    return [problem.message for problem in leaks(content, secrets, {"shown": tuple(values)}, (flat(wording),), ENGLISH)]


def huf(amount):
    return Money(Decimal(amount), "HUF")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Keeps his word", "He keeps: Keeps his word."),
        ("two\nlines", "two lines"),
        ("fizetési késedelem", "a fizete\u0301si ke\u0301sedelem oka"),
        ("fizete\u0301si ke\u0301sedelem", "a fizetési késedelem oka"),
        (huf("1460000"), "HUF 1,460,000 now"),
        (huf("1460000"), "1460000"),
        (date(2025, 3, 17), "on 17 March 2025"),
        (date(2025, 3, 17), "on 17\u00a0Mar\u00a02025"),
        (date(2025, 3, 17), "2025-03-17"),
    ],
)
def test_a_secret_is_found_in_every_form_it_could_be_printed_in(value, text):
    assert [message.split(",")[0] for message in found(text, Secret("case.field", value))] == [
        "case.field is not for the client"
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (huf("460000"), "HUF 1,460,000 and 460,000,000"),
        (huf("1460000"), "1,460,001"),
        ("Keeps his word", "keeps silent"),
    ],
)
def test_what_only_looks_alike_is_no_secret(value, text):
    assert not found(text, Secret("field", value))


def test_what_the_view_lets_out_is_no_secret():
    assert not found("HUF 1,460,000", Secret("field", huf("1460000")), values=(huf("1460000"),))
    assert not found("on 17 March 2025", Secret("policy.version", "2025"), values=(date(2025, 3, 17),))
    assert not found("extract of 17 March 2025", Secret("day", date(2025, 3, 17)), values=("extract of 17 March 2025",))


def test_a_figure_is_found_where_it_stands_alone_although_it_is_touched_elsewhere():
    assert found("11,460,000 and 1,460,000.5 and 1,460,000,000, but 1,460,000.", Secret("field", huf("1460000")))
    assert not found("11,460,000 and 1,460,000.5 and 1,460,000,000", Secret("field", huf("1460000")))


def test_the_wording_excuses_a_figure_it_holds_and_no_other():
    assert not found("on 17 March 2025", Secret("day", date(2025, 3, 17)), wording="as of 17 March 2025, 9 h")
    assert found("on 17 March 2025", Secret("day", date(2025, 3, 17)), wording="as of 18 March 2025, page 17")


def test_what_stands_in_every_paper_is_no_secret():
    assert not found("By phone", Secret("contacts[1].note", "phone"), wording="By phone or mail")


def test_a_plain_word_is_not_looked_for_in_the_markup_itself():
    content = {"the markup of word/document.xml": '<w:tblLayout w:type="fixed"/>'}

    assert not list(leaks(content, [Secret("field", "fixed")], {}, (), ENGLISH))
    assert list(leaks(content, [Secret("field", 'type="fixed"')], {}, (), ENGLISH))


def test_every_text_sum_and_day_that_is_not_shared_is_a_secret():
    case = a_case(
        relationship={"since": "2024-10-01", "purchases_12m": "38500000", "prospects": "high"},
        authority={"walk_away": "A fifth now", "parts": "5", "first_part_percent": "25"},
        promises=[{"said": "2025-03-18", "amount": "1000000", "words": "tomorrow"}],
    )

    fields = {secret.field for secret in secrets_of(case, None)}

    assert {
        "relationship.since",
        "relationship.purchases_12m",
        "authority.walk_away",
        "promises[1].said",
        "promises[1].amount",
        "promises[1].words",
        "finance_notice",
    } <= fields
    assert not fields & {"relationship.prospects", "client.segment", "client.name", "authority.parts"}


def test_a_view_hides_what_its_audience_may_not_see():
    client = seen(a_case(client={"name": "Példa", "segment": "key", "interests": "peace"}).client, Visibility.SHARED)

    assert client.name == "Példa"
    assert client.hidden_fields >= {"segment", "interests"}
    assert not hasattr(client, "segment")
    assert "segment" not in dir(client)
    assert hasattr(seen(a_case().client, Visibility.INTERNAL), "segment")


def test_what_is_no_record_cannot_be_seen():
    with pytest.raises(TypeError, match="a template cannot see a object"):
        seen(object(), Visibility.SHARED)


def test_blocks_of_markup_become_lines_of_text():
    assert text_of("<p>one &amp; two</p><p>three<br>four</p>").split() == ["one", "&", "two", "three", "four"]
    assert texts_in("<p>ő</p>".encode(), "a.html")["the text of a.html"].strip() == "ő"


def test_the_workbook_of_a_chart_is_searched_too():
    source = "::: chart\n| Day | Part | Left |\n|---|---:|---:|\n| hidden word | 1 | 0 |\n:::"

    told = texts_in(word_bytes(source), "paper.docx")

    assert "paper.docx" == told["its name"]
    assert (
        "hidden word" in told["the text of xl/worksheets/sheet1.xml in word/embeddings/kit-chart1.xlsx in paper.docx"]
    )
