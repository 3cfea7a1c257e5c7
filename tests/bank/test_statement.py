"""Bank files of each format: everything in them is told, nothing is guessed, and nothing hostile gets through."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from time import process_time

import pytest
from entrances import within_limits
from statements import VERSIONS, camt, detail, entry, mt940, mt940_entry

from negotiation_kit.bank.forms import CsvForm, form_problems
from negotiation_kit.bank.statement import entries_of
from negotiation_kit.files import known_headings
from negotiation_kit.money import Money
from negotiation_kit.problems import Refused
from negotiation_kit.reading.record import read_record

KNOWN = known_headings()


def read(data, file="statement"):
    return entries_of(data if isinstance(data, bytes) else data.encode("utf-8"), file, KNOWN)


def refused(data):
    with pytest.raises(Refused) as found:
        read(data)
    return [str(problem).split("\n")[0] for problem in found.value.problems]


def huf(amount):
    return Money(Decimal(amount), "HUF")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_credit_is_read_the_same_from_every_version_of_camt(version):
    told = detail(version=version, text="SZ-211 első részlet", end_to_end="E2E-77")
    (found,) = read(camt(entry("1460000.00", told, version=version), version=version))

    assert (found.kind, found.day, found.amount) == ("credit", date(2025, 3, 26), huf("1460000"))
    assert (found.payer, found.text, found.reference) == ("Példa Bútor Zrt.", "SZ-211 első részlet", "E2E-77")
    assert (found.account, found.payer_account) == ("HU93116000060000000012345676", "HU42117730161111101800000000")
    assert found.place == "statement 1, entry 1"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_batch_is_broken_into_its_payments(version):
    parts = [
        detail(version=version, amount="1000000.00", text="SZ-211", payer="Példa Bútor Zrt."),
        detail(version=version, amount="250000.00", text="SZ-300", payer="Másik Kft."),
    ]
    found = read(camt(entry("1250000.00", *parts, version=version, batch=2), version=version))

    assert [(each.payer, each.amount.amount) for each in found] == [
        ("Példa Bútor Zrt.", 1000000),
        ("Másik Kft.", 250000),
    ]
    assert [each.place for each in found] == ["statement 1, entry 1, part 1", "statement 1, entry 1, part 2"]


def test_a_batch_the_bank_did_not_break_down_stays_one_and_is_marked():
    (found,) = read(camt(entry("1250000.00", batch=7)))

    assert (found.batch, found.amount) == (7, huf("1250000"))


def test_a_batch_whose_parts_do_not_add_up_is_refused():
    parts = (detail(amount="1000000.00"), detail(amount="250001.00"))

    assert refused(camt(entry("1250000.00", *parts))) == [
        "statement: statement 1, entry 1: its parts are 1250001 together, the entry is 1250000"
    ]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "credit"),
        ({"direction": "DBIT"}, "debit"),
        ({"direction": "DBIT", "reversal": True}, "reversed credit"),
        ({"direction": "CRDT", "reversal": True}, "debit"),
        ({"status": "PDNG"}, "pending"),
    ],
)
def test_what_went_which_way_is_told_apart(changes, kind):
    (found,) = read(camt(entry("100.00", detail(), **changes)))

    assert found.kind == kind


def test_each_currency_keeps_its_own():
    found = read(camt(entry("100.50", currency="EUR"), entry("4000", currency="HUF")))

    assert [str(each.amount.currency) for each in found] == ["EUR", "HUF"]
    assert found[0].amount == Money(Decimal("100.50"), "EUR")


def test_the_creditor_reference_counts_as_what_the_payer_wrote():
    (found,) = read(camt(entry("100.00", detail(creditor_reference="RF18539007547034"))))

    assert found.text == "RF18539007547034"


def test_two_equal_payments_of_a_day_are_two_and_the_same_file_gives_the_same_marks():
    statement = camt(*[entry("100.00", detail(text="part"), reference="")] * 2)
    first, second = read(statement)

    assert first.identity != second.identity
    assert [each.identity for each in read(statement)] == [first.identity, second.identity]


def test_the_mark_of_an_entry_does_not_hang_on_its_place_in_the_file():
    mine = entry("100.00", detail(text="part"), reference="B-9")
    alone = read(camt(mine))[0]
    after = read(camt(entry("5.00"), mine))[1]

    assert alone.place != after.place
    assert alone.identity == after.identity


@pytest.mark.parametrize("version", VERSIONS)
def test_our_own_samples_are_what_the_message_definition_says(version):
    parsers = pytest.importorskip("xsdata.formats.dataclass.parsers")
    pytest.importorskip("pyiso20022")
    definition = import_module(f"pyiso20022.camt.camt_053_001_{version}")
    statement = camt(
        entry("1250000.00", detail(version=version, amount="1000000.00", text="SZ-211"), version=version, batch=2),
        entry(
            "100.00",
            detail(version=version, amount="100.00", direction="DBIT", creditor_reference="RF18"),
            version=version,
            direction="DBIT",
            reversal=True,
        ),
        entry(
            "50.00",
            detail(version=version, amount="50.00", currency="EUR", payer="Żółć &amp; Søn GmbH", text="Ő ű ß я"),
            version=version,
            currency="EUR",
        ),
        version=version,
    )
    parsed = parsers.XmlParser().from_bytes(statement, definition.Document)

    assert len(parsed.bk_to_cstmr_stmt.stmt[0].ntry) == 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + camt(entry("1")).split(b"?>", 1)[1],
            "declares a document type",
        ),
        (camt(entry("1.00", detail()))[:-40], "is no whole XML file"),
        (b"<Document><x/></Document>", "is no CAMT.053 statement"),
        (camt(entry("12,5")), "'12,5' is no sum like 1460000.00"),
        (camt(entry("-5.00")), "'-5.00' is no sum"),
        (camt(entry("1e9")), "'1e9' is no sum"),
        (camt(entry("5.00", currency="XXX")), "'XXX' is no currency the kit knows"),
        (camt(entry("5.05")), "'5.05' has more decimals than HUF"),
        (camt(entry("5.00", day="2025-02-30")), "there is no day 2025-02-30"),
        (camt(entry("5.00", direction="BOTH")), "its direction is 'BOTH'"),
        (mt940(closed=False), "is no whole MT940 statement"),
        (mt940(":61:25XX26C5,NTRFNONREF"), "is no statement line"),
        (b"", "has columns, or is saved in a way"),
        (b"PK\x03\x04 something", "has columns, or is saved in a way"),
    ],
)
def test_what_is_cut_off_hostile_or_unreadable_is_refused_with_the_reason(data, message):
    assert message in "\n".join(refused(data))


def test_every_unreadable_entry_is_told_at_once():
    assert len(refused(camt(entry("x"), entry("5.00"), entry("y")))) == 2


def test_an_entity_bomb_is_refused_at_once():
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {chr(98 + number)} "{("&" + chr(97 + number) + ";") * 10}">'.encode() for number in range(9)
    )
    started = process_time()

    assert refused(bomb + b"]><Document>&j;</Document>")
    assert process_time() - started < 2


@pytest.mark.slow
def test_ten_thousand_entries_are_read_in_a_few_seconds():
    many = camt(*(entry("100.00", detail(text=f"SZ-{number}"), reference=f"B-{number}") for number in range(10_000)))
    started = process_time()
    found = read(many)

    assert len({each.identity for each in found}) == 10_000
    assert process_time() - started < 10


def test_mt940_with_numbered_parts():
    (found,) = read(mt940(mt940_entry("1460000,00", ("SZ-211 ELSO RESZLET",))))

    assert (found.kind, found.day, found.amount) == ("credit", date(2025, 3, 26), huf("1460000"))
    assert (found.payer, found.text) == ("PELDA BUTOR ZRT.", "SZ-211 ELSO RESZLET")
    assert found.reference == "B4711"


def test_mt940_with_a_free_description_and_a_reference_of_the_payer():
    (found,) = read(mt940(":61:2503260326C500,NTRFSZ-211//B1\r\n:86:Pelda Butor Zrt\r\npart one of two"))

    assert (found.text, found.reference) == ("Pelda Butor Zrt part one of two", "SZ-211")


@pytest.mark.parametrize(
    ("mark", "kind"), [("C", "credit"), ("D", "debit"), ("RC", "reversed credit"), ("RD", "debit")]
)
def test_mt940_directions(mark, kind):
    (found,) = read(mt940(mt940_entry("5,", ("x",), mark=mark)))

    assert found.kind == kind


def test_mt940_booked_after_the_turn_of_the_year():
    (found,) = read(mt940(":61:2412310102C5,NTRFNONREF"))

    assert found.day == date(2025, 1, 2)


def test_mt940_is_what_a_public_parser_reads_too():
    reader = pytest.importorskip("mt940")
    text = mt940(mt940_entry("1460000,00", ("SZ-211",)), mt940_entry("5,00", ("X",), mark="D"))
    theirs = reader.parse(text.replace("\r\n", "\n"))

    assert [Decimal(str(each.data["amount"].amount)) for each in theirs] == [
        each.amount.amount * (1 if each.kind == "credit" else -1) for each in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "payer", "amount", "currency"),
    [
        (
            (
                "Könyvelés dátuma;Összeg;Devizanem;Partner neve;Partner számlaszáma;Közlemény;Tranzakció azonosító\n"
                "2025.03.26.;1 460 000,00;HUF;Példa Bútor Zrt.;HU42;SZ-211;T1\n"
            ),
            "Példa Bútor Zrt.",
            "1460000",
            "HUF",
        ),
        (
            (
                "Kontoauszug\n\nBuchungstag;Betrag;Währung;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Verwendungszweck\n"
                '26.03.2025;"1.234,50";EUR;Müller & Söhne GmbH;DE02;Rechnung 4711\n'
            ),
            "Müller & Söhne GmbH",
            "1234.50",
            "EUR",
        ),
        (
            (
                "Booking date,Amount,Currency,Counterparty,Counterparty account,Details,Reference\n"
                '2025-03-26,"1,234.50",GBP,Sample Ltd,GB29,INV-7,R1\n'
            ),
            "Sample Ltd",
            "1234.50",
            "GBP",
        ),
    ],
    ids=["Hungarian", "German", "English"],
)
def test_a_csv_is_known_by_its_columns(text, payer, amount, currency):
    (found,) = read(text)

    assert (found.payer, found.amount, found.day) == (payer, Money(Decimal(amount), currency), date(2025, 3, 26))


def test_a_company_writes_down_the_form_of_its_bank():
    text = "name: Ours\ndecimal: ','\ndays: YYYYMMDD\nencoding: cp1250\ncurrency: HUF\ncolumns: {day: NAP, credit: BE, debit: KI, text: MIRE}\n"
    form = read_record(text, "form.yaml", CsvForm, (form_problems,))
    data = "NAP;BE;KI;MIRE\n20250326;1460000;;Őszi részlet\n20250327;;500;díj\n".encode("cp1250")

    found = entries_of(data, "bank.csv", KNOWN, form)

    assert [(each.kind, each.amount, each.text) for each in found] == [
        ("credit", huf("1460000"), "Őszi részlet"),
        ("debit", huf("500"), "díj"),
    ]


def test_a_form_without_a_sum_is_refused():
    with pytest.raises(Refused, match="columns need either amount or credit"):
        read_record("name: X\ndecimal: ','\ndays: YYYYMMDD\ncolumns: {day: A}\n", "f.yaml", CsvForm, (form_problems,))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2025-03-26,1.234.50,GBP,S,G,D,R", "'1.234.50' is no sum like 1,460,000.00"),
        ("26/03/2025,5.00,GBP,S,G,D,R", "'26/03/2025' is no day like YYYY-MM-DD"),
        ("2025-03-26,5.00,XYZ,S,G,D,R", "'XYZ' is no currency the kit knows"),
        ("2025-03-26,5.00", "this line has 2 columns, the headings have more; it may be cut off"),
        ("2025-03-26,5.00,,S,G,D,R", "no column says the currency"),
    ],
)
def test_a_csv_line_that_cannot_be_read_is_told_with_its_number(line, message):
    right = '2025-03-26,"1,460.50",GBP,S,G,D,R\n' * 2
    text = f"Booking date,Amount,Currency,Counterparty,Counterparty account,Details,Reference\n{right}{line}\n"

    assert refused(text) == [f"statement:4:1: {message}"]


SINGLE = {"day": date(2025, 3, 26), "kind": "credit", "payer": "Példa Bútor Zrt."}


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Datum;Betrag (EUR);Auftraggeber/Beguenstigter\n26.03.25;1.234,50;Példa Bútor Zrt.", "1234.50", "EUR"),
        ("Date,Description,Amount,Ccy,Name\n26/03/2025,x,1234.50,GBP,Példa Bútor Zrt.", "1234.50", "GBP"),
        (
            "Dátum\tJóváírás\tTerhelés\tDeviza\tPartner\n2025.03.26\t1 460 000\t\tHUF\tPélda Bútor Zrt.",
            "1460000",
            "HUF",
        ),
        ("Date|Credit|Debit|Currency|Payer\n2025-03-26 10:22:11|1,234.50|0.00|EUR|Példa Bútor Zrt.", "1234.50", "EUR"),
        ("Buchungstag;Betrag;S/H;Währung;Name\n26.03.2025;1234,50;H;EUR;Példa Bútor Zrt.", "1234.50", "EUR"),
        ("Date;Amount;Payer\n2025/03/26;EUR 1.234,50;Példa Bútor Zrt.", "1234.50", "EUR"),
        ("Dátum;Összeg;Partner neve\n20250326;1460000 HUF;Példa Bútor Zrt.", "1460000", "HUF"),
        ("Konto 1\n\nData operacji;Kwota;Waluta;Nadawca\n26-03-2025;1 234,50;PLN;Példa Bútor Zrt.", "1234.50", "PLN"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_csv_of_any_bank_is_known_by_headings_and_by_how_it_writes(text, amount, currency, encoding):
    (found,) = read(text.encode(encoding))

    assert {name: getattr(found, name) for name in SINGLE} == SINGLE
    assert found.amount == Money(Decimal(amount), currency)


def test_a_word_for_out_makes_a_sum_without_a_minus_money_out():
    head = "Buchungstag;Betrag;S/H;Währung;Name\n26.03.2025;1,00;S;EUR;A\n27.03.2025;2,00;Haben;EUR;B\n"

    assert [each.kind for each in read(head)] == ["debit", "credit"]
    assert refused(f"{head}28.03.2025;3,00;?;EUR;C\n") == [
        "statement:4:1: '?' says neither that money came in nor that it went out"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Date,Amount,Currency,Payer\n03/04/2025,5.00,GBP,S\n05/04/2025,5.00,GBP,S\n",
            "statement has days that can be read in two ways, such as '03/04/2025'",
        ),
        ("Date;Amount;Currency;Payer\n2025-03-26;1.460;KWD;S\n", "statement has sums that can be read in two ways"),
        ("Date;Amount;Payer\n2025-03-26;1.46;S\n", "statement does not say its currency"),
        ("Date;Amount;Payer\n2025-03-26;1.46 EUR;S\n2025-03-26;1.46 USD;S\n", "statement does not say its currency"),
        (
            "Date;Amount;Currency\n2025-03-26;1.46;EUR\n",
            "statement has columns, or is saved in a way, that is not known of any bank",
        ),
    ],
)
def test_what_two_banks_would_mean_differently_is_asked_for_not_guessed(text, message):
    assert refused(text) == [message]


def test_one_day_decides_how_all_days_are_read():
    rows = "03/04/2025,5.00,GBP,S\n13/04/2025,5.00,GBP,S\n"

    found = read(f"Date,Amount,Currency,Payer\n{rows}")

    assert [each.day for each in found] == [date(2025, 4, 3), date(2025, 4, 13)]


def test_a_sum_of_a_currency_with_three_decimals_is_read_where_another_line_shows_how():
    found = read("Date;Amount;Currency;Payer\n2025-03-26;1.460;KWD;S\n2025-03-26;1,460.250;KWD;S\n")

    assert [str(each.amount.amount) for each in found] == ["1.460", "1460.250"]


def test_columns_are_the_first_known_word_for_each_and_never_one_for_two():
    found = read(
        "Date;Value date;Amount;Currency;Name;IBAN;Description;Reference\n2025-03-26;2025-03-20;1.46;EUR;N;I;T;R\n"
    )

    assert [(each.day, each.payer, each.payer_account, each.text, each.reference) for each in found] == [
        (date(2025, 3, 26), "N", "I", "T", "R")
    ]


def refusal(data, own=None):
    with pytest.raises(Refused) as found:
        entries_of(data, "bank.csv", known_headings(), own)
    return str(found.value)


def test_a_number_of_payments_that_is_none_is_refused():
    data = camt(entry("100", batch=2)).replace(b"<NbOfTxs>2<", b"<NbOfTxs>" + b"9" * 5_000 + b"<")

    assert f"statement 1, entry 1: '{'9' * 700}" in refusal(data)


@pytest.mark.parametrize("data", [b":20:x :61: :60F: here and there", b" :20:\n :60F:\n :61:\n :62F:\n"])
def test_signs_of_mt940_that_begin_no_line_make_no_statement(data):
    assert "is no whole MT940 statement" in refusal(data)


CSV = "name: x\ndecimal: ','\ndays: YYYY-MM-DD\ncurrency: HUF\ncolumns: {day: D, amount: A, text: T}\n"
PLAIN = read_record(CSV, "form.yaml", CsvForm, (form_problems,))


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line():
    data = f'D;A;T\n2025-03-26;1;x\n2025-03-27;2;"{"y" * 200_000}\n'.encode()

    assert "bank.csv:3:1: this line has no end that can be found; a quotation mark may be missing" in refusal(
        data, PLAIN
    )


def test_a_cell_broken_over_lines_is_one_text_and_the_lines_after_it_are_counted_right():
    data = b'D;A;T\r\n2025-03-26;1;"SZ-211\r\nand\nSZ-212"\r\n2025-03-27;x;y\r\n'

    assert "bank.csv:5:1: 'x' is no sum" in refusal(data, PLAIN)
    assert "SZ-211 and SZ-212" == entries_of(data[:-17], "bank.csv", known_headings(), PLAIN)[0].text


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"], ids=ascii)
def test_only_a_line_end_ends_a_line(sign):
    (found,) = entries_of(f"D;A;T\n2025-03-26;1;a{sign}b\n".encode(), "bank.csv", known_headings(), PLAIN)

    assert "a b" == found.text


MUCH = {
    "columns": ";" * 2_000_000,
    "rows": "a;b\n" * 500_000,
    "quotes": '"' * 1_000_000,
    "a field": "D;A;T\n2025-03-26;" + "9" * 1_000_000,
    "elements": "<a>" + "<b/>" * 3_000_000 + "</a>",
    "depth": "<a>" * 100_000,
    "a sum in xml": camt(entry("9" * 3_000_000)).decode(),
    "mt940 entries": ":20:\n:60F:C250325HUF1,\n:62F:\n" + ":61:\n" * 100_000,
    "an mt940 line": mt940(":61:" + "9" * 3_000_000),
    "an mt940 description": mt940(":61:2503260326C1,00NTRFNONREF\n:86:" + "?20" * 300_000),
}


def outcome(data):
    try:
        return f"{len(entries_of(data, 'bank.csv', known_headings(), PLAIN))} entries"
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize("data", MUCH.values(), ids=MUCH)
def test_a_file_made_to_take_time_and_memory_is_done_with_at_once(data):
    with within_limits():
        told = outcome(data.encode())

    assert len(told) < 100_000


@pytest.mark.parametrize(
    "data",
    [
        mt940(*[":61:250326C1,NTRFx"] * 50_001).encode(),
        b"D;A;T\n" + b"2025-03-26;1;x\n" * 50_001,
        b"D;A;T\r" + b"2025-03-26;1;x\r" * 50_001,
        camt(*["<Ntry></Ntry>"] * 50_001),
        camt("<Ntry>" + "<TxDtls></TxDtls>" * 50_001 + "</Ntry>"),
    ],
    ids=["mt940", "csv", "csv of a Macintosh", "camt", "a batch"],
)
def test_more_entries_than_a_day_has_are_refused_before_they_are_read(data):
    with within_limits():
        assert "bank.csv has more than 50,000 entries" in refusal(data, PLAIN)
