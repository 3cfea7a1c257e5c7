"""The live spreadsheet: its figures, its formulas, and what LibreOffice makes of both."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest
import yaml
from making import ROOT, a_calendar, day

from negotiation_kit.days import Calendar, JointCalendar
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.leak import texts_in
from negotiation_kit.documents.spreadsheet import SPARE_ROWS, PlanRate, spreadsheet
from negotiation_kit.money import Money
from negotiation_kit.reckoning.schedule import Instalment, Schedule

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")

PLAN = (("2026-04-07", "1455000"), ("2026-05-04", "1131666"), ("2026-06-04", "1131667"), ("2026-08-07", "1131667"))
RATE = PlanRate(Decimal("14.5"), 365, date(2026, 3, 24))
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")


def the_language(code: str) -> Language:
    text = (ROOT / "templates" / code / "words.yaml").read_text("utf-8")
    return Language.from_words(code, yaml.load(text, yaml.CBaseLoader))


LANGUAGES = {code: the_language(code) for code in ("en", "hu")}


def a_schedule(*parts, base="4850000", currency="HUF") -> Schedule:
    """Parts as (day, amount) or (day, amount, interest inside it)."""
    left, laid = Money(Decimal(base), currency), []
    for number, (due, amount, *inside) in enumerate(parts or PLAN, start=1):
        paid = Money(Decimal(amount), currency)
        interest = Money(Decimal(inside[0]), currency) if inside else None
        left = left - paid + interest if interest else left - paid
        laid.append(Instalment(number, day(due), paid, left, interest=interest))
    return Schedule(Money(Decimal(base), currency), tuple(laid))


def a_file(schedule: Schedule | None = None, language: str | Language = "en", **changes) -> bytes:
    told = {
        "calendars": a_calendar(),
        "title": "Payment schedule",
        "parties": ("Borostyán Festék Kft.", "Példa Bútor Zrt."),
        "case_number": "T-1",
        "day": date(2026, 3, 24),
        "interest": None,
    }
    spoken = LANGUAGES[language] if isinstance(language, str) else language
    return spreadsheet(schedule or a_schedule(), language=spoken, **(told | changes))


class Sheet:
    """The first sheet, read back; rows of the table are found by its head."""

    def __init__(self, content: bytes, *, values: bool = True):
        self.book = openpyxl.load_workbook(BytesIO(content), data_only=values)
        self.sheet, self.calendar = self.book.worksheets
        self.head = next(row for row in range(1, 20) if self["A", row] in {"No.", "Ssz."})
        self.total = next(row for row in range(self.head, 9_999) if self["A", row] in {"Total", "Összesen"})

    def __getitem__(self, place):
        value = self.sheet[f"{place[0]}{place[1]}"].value
        return value.date() if isinstance(value, datetime) else value

    @property
    def remark(self) -> str:
        return "G" if self["G", self.head] else "F"

    def column(self, column: str) -> list[object]:
        return [self[column, row] for row in range(self.head + 1, self.total)]

    def filled(self, column: str) -> list[object]:
        """The column without the spare rows."""
        return [self[column, row] for row in range(self.head + 1, self.total) if self["A", row]]

    def row_of(self, label: str) -> int:
        return next(row for row in range(1, self.total + 9) if self["A", row] == label)


def numbers(values) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_the_table_shows_the_schedule_and_adds_up():
    sheet = Sheet(a_file())

    assert [1, 2, 3, 4] == sheet.filled("A")
    assert [day(due) for due, _ in PLAN] == sheet.filled("B")
    assert ["Tuesday", "Monday", "Thursday", "Friday"] == sheet.filled("C")
    assert [1455000, 1131666, 1131667, 1131667] == sheet.filled("D")
    assert [3395000, 2263334, 1131667, 0] == sheet.filled("E")
    assert [None] * 4 == sheet.filled("F")
    assert (4850000, 4850000) == (sheet["D", sheet.row_of("Sum to settle (HUF)")], sheet["D", sheet.total])
    assert ("Check", "adds up", None) == tuple(sheet[column, sheet.total + 1] for column in "ACD")


def test_the_last_part_is_the_rest_and_spare_rows_stand_above_it():
    sheet = Sheet(a_file(), values=False)
    amounts = sheet.column("D")

    assert [1455000, 1131666, 1131667] == amounts[:3]
    assert [None] * SPARE_ROWS == amounts[3:-1]
    assert f"=ROUND($D$5-SUM(D${sheet.head}:D{sheet.total - 2}),0)" == amounts[-1]
    assert all(str(value).startswith("=") for column in "ACEF" for value in sheet.column(column))
    assert "empty row above" in sheet["A", sheet.head - 1]


def test_a_plan_of_one_part_can_be_parted_at_the_table():
    sheet = Sheet(a_file(a_schedule(("2026-04-07", "4850000"))))

    assert [None] * SPARE_ROWS + [1] == sheet.column("A")
    assert [0] == sheet.filled("E")


def test_a_schedule_that_does_not_add_up_keeps_its_last_sum():
    short = a_schedule(("2026-04-07", "1000"), ("2026-05-04", "3000"), base="5000")
    sheet, formulas = Sheet(a_file(short)), Sheet(a_file(short), values=False)
    over = Sheet(a_file(a_schedule(("2026-04-07", "6000"), base="5000")))

    assert 3000 == formulas.column("D")[-1]
    assert ("short by", 1000) == tuple(sheet[column, sheet.total + 1] for column in "CD")
    assert ("over by", 1000) == tuple(over[column, over.total + 1] for column in "CD")
    assert "always the rest" not in sheet["A", sheet.head - 1]


def test_cents_are_exact():
    parts = [((date(2026, 4, 7) + timedelta(number)).isoformat(), "33.37") for number in range(299)]
    schedule = a_schedule(*parts, ("2027-04-07", "22.47"), base="10000.10", currency="EUR")
    sheet = Sheet(a_file(schedule))

    assert [each.amount.amount for each in schedule.instalments] == numbers(sheet.filled("D"))
    assert [each.left.amount for each in schedule.instalments] == numbers(sheet.filled("E"))
    assert Decimal("10000.1") == Decimal(str(sheet["D", sheet.total]))


@pytest.mark.parametrize(
    ("language", "currency", "money_format", "day_format"),
    [
        ("en", "EUR", "[$-809]#,##0.00", r"[$-809]d\ mmm\ yyyy"),
        ("hu", "HUF", "[$-40E]#,##0", r"[$-40E]yyyy\.\ mm\.\ dd\."),
        ("hu", "KWD", "[$-40E]#,##0.000", r"[$-40E]yyyy\.\ mm\.\ dd\."),
    ],
)
def test_money_and_days_are_written_the_way_of_the_language(language, currency, money_format, day_format):
    sheet = Sheet(a_file(a_schedule(currency=currency), language))
    row = sheet.head + 1

    assert {money_format} == {sheet.sheet[f"{column}{row}"].number_format for column in "DE"}
    assert day_format == sheet.sheet[f"B{row}"].number_format


def test_a_hungarian_sheet_speaks_hungarian():
    sheet = Sheet(a_file(language="hu", interest=RATE))

    assert ["Ütemezés", "Naptár"] == sheet.book.sheetnames
    assert "Fizetési határnap" == sheet["B", sheet.head]
    assert ["kedd", "hétfő", "csütörtök", "péntek"] == sheet.filled("C")
    assert "egyezik" == sheet["C", sheet.total + 1]


def test_interest_runs_on_what_is_left():
    sheet = Sheet(a_file(interest=RATE))
    expected, open_, since = [], Decimal(4850000), RATE.since
    for due, amount in PLAN:
        exact = open_ * (day(due) - since).days * RATE.percent / (100 * RATE.of)
        expected.append(exact.quantize(Decimal(1), ROUND_HALF_UP))
        open_, since = open_ - Decimal(amount), day(due)

    assert expected == numbers(sheet.filled("F"))
    assert sum(expected) == sheet["F", sheet.total]
    assert ["14.5", "365", "2026-03-24"] == [str(sheet["D", row]) for row in (6, 7, 8)]
    assert [1131667, 0] == [sheet.filled("D")[-1], sheet.filled("E")[-1]]


def test_no_interest_is_counted_twice_or_on_an_overpaid_sum():
    euros = Money(Decimal("100.00"), "EUR")
    rate = PlanRate(Decimal(36), 360, date(2026, 1, 1))

    assert "10.00" == str(rate.interest(euros, date.min, date(2026, 4, 11)).amount)
    assert "0.00" == str(rate.interest(euros, date(2026, 4, 11), date(2026, 4, 1)).amount)
    assert "0.00" == str(rate.interest(Money(Decimal(-5), "EUR"), date.min, date(2026, 4, 11)).amount)


def test_interest_inside_the_parts_is_a_formula_where_the_rate_gives_it():
    inside = a_schedule(
        ("2026-04-07", "1000", "56"), ("2026-05-07", "1000", "99"), ("2026-06-08", "8280", "125"), base="10000"
    )
    rate = PlanRate(Decimal("14.5"), 365, date(2026, 3, 24))
    sheet, formulas = Sheet(a_file(inside, interest=rate)), Sheet(a_file(inside, interest=rate), values=False)
    fixed = Sheet(a_file(inside), values=False)

    assert [56, 99, 125] == sheet.filled("F")
    assert [9056, 8155, 0] == sheet.filled("E")
    assert str(formulas.column("F")[0]).startswith("=IF(N(B")
    assert 99 == formulas.column("F")[1]
    assert [56, 99, None, None, None, None, 125] == fixed.column("F")
    assert ("adds up", "of which interest (HUF)") == (sheet["C", sheet.total + 1], sheet["F", sheet.head])


@pytest.mark.parametrize(
    ("codes", "parts", "remarks"),
    [
        # 10 January and 8 August 2026 are worked Saturdays, 2 January and 21 August moved rest days.
        (("HU",), ("2026-01-02", "2026-01-10", "2026-08-08", "2026-08-15", "2026-08-21"), "x..xx"),
        (("HU", "SK"), ("2026-01-06", "2026-01-10", "2026-07-06", "2026-08-08", "2026-10-23"), "xx.xx"),
        (("SK",), ("2026-01-02", "2026-01-10", "2026-10-23"), ".x."),
    ],
)
def test_the_check_knows_business_days(codes, parts, remarks):
    schedule = a_schedule(*((each, "100") for each in parts), base=str(100 * len(parts)))
    sheet = Sheet(a_file(schedule, calendars=a_calendar(*codes)))

    assert [None if mark == "." else "not a business day" for mark in remarks] == sheet.filled("F")


def listed(sheet: Sheet, column: str) -> set[date]:
    """One of the two lists of the second sheet, below its head."""
    head = next(row for row in range(1, 30) if sheet.calendar[f"E{row}"].value)
    cells = (sheet.calendar[f"{column}{row}"].value for row in range(head + 1, sheet.calendar.max_row + 1))
    return {value.date() for value in cells if value}


@pytest.mark.parametrize("codes", [("HU",), ("HU", "SK"), ("AT", "CZ", "PL")])
def test_the_calendar_of_the_sheet_judges_each_day_as_ours_does(codes):
    calendars = a_calendar(*codes).added([date(2026, 7, 15), date(2026, 8, 8)])
    sheet = Sheet(a_file(calendars=calendars))
    rest, worked = listed(sheet, "A"), listed(sheet, "E")
    days = [date(2026, 1, 1) + timedelta(number) for number in range(3 * 365)]
    business = [each for each in days if (each in worked if each.weekday() > 4 else each not in rest)]

    assert [each for each in days if calendars.is_business_day(each)] == business


def test_the_calendar_says_where_it_comes_from():
    calendars = a_calendar("HU", "SK").added([date(2026, 7, 15)])
    sheet = Sheet(a_file(calendars=calendars))
    told = [str(cell.value) for row in sheet.calendar.iter_rows() for cell in row if cell.value]

    assert any(text.startswith("HU: as known on ") for text in told)
    assert any(text.startswith("SK: as known on ") for text in told)
    assert "HU: moved days of rest are published up to 31 December 2026 only." in told
    assert "added by hand" in told


def test_other_weekends_are_weekends_too():
    sunday = Calendar(
        "X", "X", frozenset({4, 5}), {}, {}, frozenset({date(2026, 4, 10)}), date(2026, 1, 1), date(2027, 1, 1), None,
        "a test", date(2026, 1, 1),
    )  # fmt: skip
    schedule = a_schedule(*((f"2026-04-{number:02}", "100") for number in (3, 4, 5, 10)), base="400")
    sheet = Sheet(a_file(schedule, calendars=JointCalendar((sunday,))))

    assert ["not a business day"] * 2 + [None] * 2 == sheet.filled("F")
    assert (
        'FIND(WEEKDAY(B8,2),"56")' in Sheet(a_file(schedule, calendars=JointCalendar((sunday,))), values=False)["F", 8]
    )


def test_what_is_wrong_with_a_part_is_said():
    schedule = a_schedule(
        ("2026-05-04", "100"), ("2026-04-07", "100"), ("2026-06-05", "0"), ("2031-05-05", "100"), base="300"
    )
    sheet = Sheet(a_file(schedule))
    expected = [None, "not after the part before", "amount not above zero", "day outside the calendar"]

    assert expected == sheet.filled("F")


def test_words_inside_formulas_are_quoted():
    english = LANGUAGES["en"]
    words = {**english.words, "sheet": {**english.words["sheet"], "adds_up": 'it "adds" up', "calendar": "Tom's days"}}
    sheet = Sheet(a_file(language=replace(english, words=words)), values=False)

    assert '"it ""adds"" up"' in sheet["C", sheet.total + 1]
    assert "'Tom''s days'!$A$" in sheet["F", sheet.head + 1]


HOSTILE = ("=cmd|'/C calc'!A0", "<r><t>rich</t></r>", "http://example.org", "+1+1", "0123", "<r>&</r>", "a & b <c>")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text(text):
    content = a_file(title=text, parties=(text, text), case_number=text)
    sheet = Sheet(content, values=False)

    cells = [sheet.sheet[place] for place in ("A1", "C2", "C3", "C4")]
    assert [text] * 4 == [str(cell.value).rstrip() for cell in cells]
    assert text in " ".join(texts_in(content, "x.xlsx").values())
    with zipfile.ZipFile(BytesIO(content)) as file:
        page = file.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in file.read(name).decode() for name in file.namelist() if "sheet1" in name)
    for place in ("A1", "C2", "C3", "C4"):
        assert re.search(rf'<c r="{place}"[^>]* t="s"><v>', page)


@pytest.mark.parametrize("number", ["&[Picture]", "&G1&D", "R&D", "x" * 300])
def test_a_case_number_is_no_command_of_the_margins(number):
    content = a_file(case_number=number, parties=(number, number))
    with zipfile.ZipFile(BytesIO(content)) as file:
        page = file.read("xl/worksheets/sheet1.xml").decode()

    commands = re.findall("&amp;.", "".join(re.findall("<odd.*?</odd(?:Header|Footer)>", page)))
    assert ["&amp;L", "&amp;R", "&amp;L", "&amp;R", "&amp;P", "&amp;N"] == commands


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_schedule_gives_the_same_bytes_without_a_trace_of_the_machine(language):
    content = a_file(language=language, interest=RATE)

    assert content == a_file(language=language, interest=RATE)
    with zipfile.ZipFile(BytesIO(content)) as file:
        core = file.read("docProps/core.xml").decode()
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in file.infolist()}
    assert ["2026-03-24T00:00:00Z"] * 2 == re.findall(r"W3CDTF\">([^<]*)<", core)
    assert not re.search(r"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]", core)


def test_the_sheet_is_ready_to_print_and_to_type_in():
    sheet = Sheet(a_file(interest=RATE))

    assert f"A{sheet.head + 1}" == sheet.sheet.freeze_panes
    assert f"${sheet.head}:${sheet.head}" == sheet.sheet.print_title_rows
    setup = sheet.sheet.page_setup
    assert sheet.sheet.sheet_properties.pageSetUpPr.fitToPage
    assert ("9", "portrait", 1, 0) == (
        str(setup.paperSize), setup.orientation, setup.fitToWidth or 1, setup.fitToHeight
    )  # fmt: skip
    assert "T-1" in sheet.sheet.oddHeader.right.text
    assert "Page &[Page] of &N" in sheet.sheet.oddFooter.right.text.replace("&P", "&[Page]")
    assert not sheet.sheet.protection.sheet
    inputs = [
        sheet.sheet[f"{column}{row}"].fill.fgColor.rgb for column in "BD" for row in (sheet.head + 1, sheet.head + 5)
    ]
    assert {"FFFFE699"} == set(inputs)
    assert "FFFFE699" != sheet.sheet[f"D{sheet.total - 1}"].fill.fgColor.rgb


@pytest.mark.slow
def test_two_thousand_parts_are_no_trouble():
    parts = [((date(2020, 1, 1) + timedelta(number)).isoformat(), "1000.01") for number in range(2000)]
    schedule = a_schedule(*parts, base="2000020.00", currency="EUR")
    begun = monotonic()
    content = a_file(schedule, interest=RATE)

    assert monotonic() - begun < 10
    assert 2000 == len(Sheet(content).filled("A"))


def recalculated(book: openpyxl.Workbook, folder: Path) -> Sheet:
    """What LibreOffice computes; openpyxl has left out all values of formulas."""
    book.save(folder / "typed.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form, out = "xlsx:Calc MS Excel 2007 XML", folder / "out"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", out, folder / "typed.xlsx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return Sheet((out / "typed.xlsx").read_bytes())


def cells_of(sheet: Sheet) -> dict[str, object]:
    pages = (sheet.sheet, sheet.calendar)
    return {
        f"{page.title}!{cell.coordinate}": cell.value
        for page in pages
        for row in page.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


INSIDE = a_schedule(
    ("2026-04-07", "1000", "56"), ("2026-05-09", "1000", "99"), ("2026-08-08", "8280", "125"), base="10000"
)


@pytest.mark.slow
@pytest.mark.office
@OFFICE
@pytest.mark.parametrize(
    ("language", "schedule", "rate"),
    [
        ("en", a_schedule(base="48500.01", currency="EUR"), None),
        ("hu", a_schedule(*PLAN[:2], ("2026-05-01", "0"), ("2026-08-08", "2263334"), ("2032-01-01", "0")), RATE),
        ("hu", INSIDE, None),
        ("en", INSIDE, RATE),
    ],
)
def test_an_office_program_computes_what_we_wrote(language, schedule, rate, tmp_path):
    content = a_file(schedule, language, interest=rate, calendars=a_calendar("HU", "SK"))

    assert cells_of(Sheet(content)) == cells_of(recalculated(Sheet(content, values=False).book, tmp_path))


@pytest.mark.slow
@pytest.mark.office
@OFFICE
def test_everything_follows_what_is_typed(tmp_path):
    rate = PlanRate(Decimal("14.5"), 360, date(2026, 3, 24))
    schedule = a_schedule(
        ("2026-04-07", "3000.00"), ("2026-05-04", "3000.00"), ("2026-06-04", "4000.10"), base="10000.10", currency="EUR"
    )
    typed = Sheet(a_file(schedule, interest=rate), values=False)
    top = typed.head + 1
    last = typed.total - 1
    # A worked Saturday, the day before it, a holiday, an empty row, a Sunday, a sum below zero, a day too far away.
    rows = {
        top: ("2026-08-08", "1234.56"),
        top + 1: ("2026-08-07", "2000.07"),
        top + 2: ("2026-08-20", "700.00"),
        top + 4: ("2026-09-06", "100.05"),
        top + 5: ("2031-01-02", "-5"),
        last: ("2031-01-03", None),
    }
    for row, (due, amount) in rows.items():
        typed.sheet[f"B{row}"] = datetime.fromisoformat(due)
        if amount:
            typed.sheet[f"D{row}"] = float(amount)
    typed.sheet["D5"] = 12345.67
    sheet = recalculated(typed.book, tmp_path)

    open_, latest, expected = Decimal("12345.67"), rate.since, {}
    for row, (due, amount) in rows.items():
        paid = Decimal(amount) if amount else open_
        days = max(0, (day(due) - latest).days)
        interest = (open_ * days * rate.percent / (100 * rate.of)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        open_ -= paid
        latest = max(latest, day(due))
        expected[row] = (paid, open_, interest)
    assert expected == {row: tuple(numbers(sheet[column, row] for column in "DEF")) for row in rows}
    assert [1, 2, 3, None, 4, 5, 6] == [value or None for value in sheet.column("A")]
    assert sum(each[2] for each in expected.values()) == Decimal(str(sheet["F", sheet.total]))
    assert Decimal("12345.67") == Decimal(str(sheet["D", sheet.total]))
    assert [
        ("Saturday", None),
        ("Friday", "not after the part before"),
        ("Thursday", "not a business day"),
        (None, None),
        ("Sunday", "not a business day"),
        ("Thursday", "amount not above zero"),
        ("Friday", "day outside the calendar"),
    ] == [
        (weekday or None, remark or None) for weekday, remark in zip(sheet.column("C"), sheet.column("G"), strict=True)
    ]
    assert "adds up" == sheet["C", sheet.total + 1]


@pytest.mark.slow
@pytest.mark.office
@OFFICE
def test_what_is_typed_by_mistake_breaks_nothing(tmp_path):
    typed = Sheet(a_file(interest=RATE), values=False)
    top, last = typed.head + 1, typed.total - 1
    typed.sheet[f"B{top}"] = "2026. 04. 07."
    typed.sheet[f"D{top + 1}"] = "a lot"
    typed.sheet[f"B{top + 2}"] = None
    typed.sheet[f"B{top + 3}"] = datetime(2026, 7, 1)  # noqa: DTZ001 - a cell has no time zone
    typed.sheet[f"D{last}"] = 100
    sheet = recalculated(typed.book, tmp_path)

    assert ["no day of payment", "no amount", "no day of payment", "no amount", None, None, None, None] == [
        value or None for value in sheet.column("G")
    ]
    assert ("short by", 4850000 - 1455000 - 1131667 - 100) == tuple(sheet[column, sheet.total + 1] for column in "CD")
    assert not any(str(value).startswith(("#", "Err")) for column in "ACDEFG" for value in sheet.column(column))
