"""One case lived through by commands alone, from finance's notice to the closing letter; and its twin, which ends with legal.

Each step reads what the step before it left: the case file on disk, and nothing else.
"""

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from editing import edited, ticked, typed
from making import ROOT, day, the_kit
from statements import camt, detail, entry

from negotiation_kit.cli import main

pytestmark = pytest.mark.slow

CALLED = "Goods and invoice in order; a school project pays them three weeks late"
OWN_WORDS = "# said on the stairs, smiling"
FILLED = (
    typed("at", "10:00"),
    ticked("acknowledged.kind=whole"),
    *(
        typed("schedule.due", on, number)
        for number, on in enumerate(("26 March 2025", "9 April 2025", "23 April 2025", "7 May 2025"))
    ),
    *(
        typed("schedule.amount", amount, number)
        for number, amount in enumerate(("1,460,000", "1,130,000", "1,130,000", "1,130,000"))
    ),
    ticked("interest=waived if kept"),
    ticked("security_given=none"),
    ticked("binding=yes"),
    typed("actions.what", "Sends the balance confirmation form"),
    typed("actions.who", "Kiss Anna, Supplier"),
    typed("actions.by", "25 March 2025"),
    typed("actions.proof", "mail with the form"),
    typed("risks.event", "The school pays after 5 April"),
    typed("consequence", "You call me the same day."),
    typed("next_step", "hand the matter to its legal department"),
    typed("next_contact", "27 March 2025, by phone: Kiss Anna, Varga Éva"),
)
"""What was filled in at the table, on the screen."""


class Desk:
    """The manager's desk: a case file, a folder of papers, and the commands."""

    def __init__(self, folder):
        self.folder = folder
        self.case = folder / "case.yaml"
        text = (ROOT / "samples" / "late-payer.yaml").read_text("utf-8")
        approved = "approver: Nagy Péter\n  approved_plan: Nagy Péter by mail of 24 March 2025, interest included"
        text = text.replace("approver: Nagy Péter", f"{approved}  {OWN_WORDS}")
        # On the first morning nobody has reported, told, called or met anybody yet.
        text = re.sub(r"^(finance_notice|superior_told|meeting): .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^contacts:\n(  .*\n)+", "", text, flags=re.MULTILINE)
        self.case.write_text(text, "utf-8")
        self.entries = []

    def run(self, *arguments, code=0, typed=None):
        done = CliRunner().invoke(main, list(map(str, arguments)), input=typed)
        assert done.exit_code == code, done.output
        return done.output.replace("\u00a0", " ")

    def status(self, on):
        return self.run("status", self.case, "--as-of", on)

    def papers(self, on, *options):
        """The papers of a day as texts, by their codes."""
        out = self.folder / f"papers-{on}"
        self.run("pack", self.case, "--as-of", on, "-l", "en", "--format", "text", "--out", out, *options)
        found = {re.search(r"-([CDP]\d\d)-", path.name)[1]: path for path in out.rglob("*.txt")}
        return {code: path.read_text("utf-8").replace("\u00a0", " ") for code, path in found.items()}

    def money_in(self, *entries):
        """The bank's statement, which holds all that came so far."""
        self.entries += entries
        path = self.folder / "statement.xml"
        path.write_bytes(camt(*self.entries))
        return self.run("payments", self.case, "--from", path)

    def know(self, after, line, *, beside=False):
        """Something is found out and written into the case by hand."""
        text = self.case.read_text("utf-8")
        assert after in text
        self.case.write_text(text.replace(after, f"{after}{line}" if beside else f"{after}\n{line}", 1), "utf-8")

    def read(self):
        return the_kit().check(self.case.read_text("utf-8"), self.case.name)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def paid(amount, on, reference):
    return entry(f"{amount}.00", detail(text="2025-017 Példa Bútor"), day=on, reference=reference)


def says(papers, *texts):
    """That each of the papers says each of the texts: they agree with one another."""
    for code, paper in papers.items():
        for text in texts:
            assert text in " ".join(paper.split()), (code, text)


def notice_and_call(desk):
    """The first morning: finance reports, the superior is told, and the client is called before it calls."""
    first = desk.status("2025-03-17")
    assert "The superior has not been told. Do it today, before anything else" in first
    desk.run("log", desk.case, "--finance-notice", "--on", "2025-03-17")
    notice = desk.papers("2025-03-17", "--only", "D02")["D02"]
    says({"D02": notice}, "HUF 4,850,000", "14 Mar 2025")
    desk.run("log", desk.case, "--superior-told", "--on", "2025-03-17")
    assert "superior has not been told" not in desk.status("2025-03-17")

    assert "First friendly call" in desk.status("2025-03-18")
    guide = desk.papers("2025-03-18", "--only", "D06", "--only", "D07")
    assert guide.keys() == {"D06", "D07"}
    says({"D07": guide["D07"]}, "open balance: HUF 4,850,000")
    desk.run("log", desk.case, "--on", "2025-03-18", "--person", "Varga Éva", "--note", CALLED)
    desk.run(
        "log", desk.case, "--on", "2025-03-19", "--from-client", "--person", "Tóth Béla", "--note", "Offers Monday"
    )
    assert "First friendly call" not in desk.status("2025-03-19")
    where = '"Szombathely, Példa tér 1."'
    desk.know("# at the rate of the law", f'meeting: {{day: 2025-03-24, at: "10:00", until: "11:00", place: {where}}}')


def agree(desk):
    """From the missed day to the signed plan."""
    notice_and_call(desk)
    before = desk.papers("2025-03-20")
    assert {"D01", "D03", "D04", "D05", "D06", "D07", "C01", "C02", "C03", "C05"} <= before.keys()
    says({code: before[code] for code in ("D01", "C02", "C05")}, "4,850,000", "SZ-211")
    says({code: before[code] for code in ("C01", "D03", "D07", "C05")}, "24 March 2025")

    # At the table the minutes are filled in on the screen, saved, read back, and written into the case.
    desk.run("pack", desk.case, "--as-of", "2025-03-20", "-l", "en", "--only", "C05", "--out", desk.folder / "table")
    (minutes,) = (desk.folder / "table").rglob("*C05*.docx")
    minutes.write_bytes(edited(minutes.read_bytes(), *FILLED))
    desk.run("read", minutes, "--case", desk.case, "--write")
    after = desk.papers("2025-03-24")
    assert {"C04", "C06", "C08", "D14"} <= after.keys()
    for part in ("1,460,000", "1,130,000", "7 May 2025"):
        says({code: after[code] for code in ("C04", "C06", "D14")}, part)
    says({"C08": after["C08"], "C04": after["C04"]}, "1,460,000")
    says({"C08": after["C08"], "D14": after["D14"]}, "26 March 2025")
    # Unsigned after two business days they are chased.
    assert "minutes of 24 March 2025 are not signed" not in desk.status("2025-03-26")
    assert "minutes of 24 March 2025 are not signed" in desk.status("2025-03-27")

    # The final minutes are printed, signed and recorded; the paper can be held against the case any day.
    desk.run("pack", desk.case, "--as-of", "2025-03-24", "-l", "en", "--only", "C04", "--out", desk.folder / "final")
    desk.run("record", desk.case, "--signed", "2025-03-26")
    assert "are not signed" not in desk.status("2025-03-27")
    (final,) = (desk.folder / "final").rglob("*C04*.docx")
    assert "33 values, all wording" in desk.run("verify", final, "--case", desk.case)
    assert "Our action 1 is due" in desk.status("2025-03-25")
    desk.run("record", desk.case, "--done", "1", "2025-03-25")
    desk.run("calendar", desk.case, "--out", desk.folder / "calendars", "--as-of", "2025-03-26")
    for file in (desk.folder / "calendars").rglob("*.ics"):
        assert "20250507" in file.read_text("utf-8")


def test_a_case_is_carried_to_the_last_instalment(desk):
    agree(desk)

    # The first part comes in full and on its day.
    assert "1 booked, 0 booked before" in desk.money_in(paid(1460000, "2025-03-26", "B-1"))
    assert not {"C10", "D10"} & desk.papers("2025-03-27").keys()
    # Two business days before the second part a note goes out.
    note = desk.papers("2025-04-07", "--only", "C09")["C09"]
    says({"C09": note}, "part 2 of our plan (HUF 1,130,000) is due on Wednesday, 9 April 2025")
    # The second part comes short; call and note have the same figures, and it is put right in time.
    assert "1 booked, 1 booked before" in desk.money_in(paid(500000, "2025-04-09", "B-2"))
    assert "Has part 2 arrived (9 April 2025, HUF 630,000)" in desk.status("2025-04-10")
    late = desk.papers("2025-04-10")
    says({code: late[code] for code in ("C10", "D10")}, "HUF 500,000", "HUF 630,000", "14 April 2025")
    assert "1 booked, 2 booked before" in desk.money_in(paid(630000, "2025-04-11", "B-3"))
    assert not {"C10", "D10"} & desk.papers("2025-04-14").keys()
    # The third part is missed on its day, called for, and cured inside its cure days.
    missed = desk.papers("2025-04-24")
    says({code: missed[code] for code in ("C10", "D10")}, "HUF 1,130,000", "28 April 2025")
    desk.run("log", desk.case, "--on", "2025-04-24", "--person", "Varga Éva", "--note", "It leaves today")
    assert "1 booked, 3 booked before" in desk.money_in(paid(1130000, "2025-04-25", "B-4"))
    states = [part.state for part in the_kit().reckon(desk.read(), day("2025-04-28")).performance.parts]
    assert states == ["paid", "cured", "cured", "open"]
    # The reminder, the last part, the same statement twice.
    assert "part 4 of our plan" in desk.papers("2025-05-05", "--only", "C09")["C09"]
    assert "1 booked, 4 booked before" in desk.money_in(paid(1130000, "2025-05-07", "B-5"))
    assert "0 booked, 5 booked before" in desk.money_in()
    assert len(desk.read().payments) == 5
    # The closing letter and the closing record say the same; both results are written down.
    assert "Everything was paid on 7 May 2025. Send the closing letter (C12)" in desk.status("2025-05-08")
    closing = desk.papers("2025-05-08", "--only", "C12", "--only", "D17")
    says(closing, "HUF 4,850,000", "7 May 2025")
    assert "last part arrived on 7 May 2025; the balance of HUF 4,850,000 is settled in full" in closing["C12"]
    answers = "\nstronger\nNew order on 6 May\nThey thanked us\nWhich receipts come first?\nAsk for the school's day\n"
    assert "closed on 2025-05-08: paid in full" in desk.run("close", desk.case, "--on", "2025-05-08", typed=answers)
    assert "Nothing has to be done today." in desk.status("2025-05-09")
    figures = desk.run("portfolio", desk.folder, "--as-of", "2025-05-09")
    assert "Closed cases: 1; collected HUF 4,850,000" in figures
    assert "Meetings that ended signed: 1 of 1 (100%)" in figures
    # The manager's own words are where they were.
    assert OWN_WORDS in desk.case.read_text("utf-8")


def test_its_twin_ends_with_a_warning_and_the_hand_over(desk):
    agree(desk)

    desk.money_in(paid(1460000, "2025-03-26", "B-1"))
    # The client tells in time that the second part comes a week later: the one move of point 12.
    desk.run("record", desk.case, "--moved", "2", "2025-04-16", "2025-04-04")
    assert not {"C10", "D10"} & desk.papers("2025-04-10").keys()
    # It never comes: called, written to, missed past its cure days.
    late = desk.papers("2025-04-17")
    says({code: late[code] for code in ("C10", "D10")}, "HUF 1,130,000", "16 April 2025", "23 April 2025")
    reckoning = the_kit().reckon(desk.read(), day("2025-04-24"))
    assert reckoning.performance.health == "missed"
    # The clock runs again, and on its day the warning goes: one day, the true next step.
    days = (day("2025-04-24") + timedelta(number) for number in range(60))
    on = next(each for each in days if "paper: C11" in desk.status(each.isoformat()))
    warning = desk.papers(on.isoformat(), "--only", "C11")["C11"]
    clock = the_kit().reckon(desk.read(), on).clock
    end = clock.day_of("claim_letter")
    says({"C11": warning}, f"{end.day} {end:%B %Y}", "HUF 3,390,000", "the matter passes to our legal department")

    # Nothing comes; legal drafts its letter from the same figures, with the client's own acknowledgement.
    letter = clock.day_of("claim_letter")
    handed = desk.papers(letter.isoformat(), "--only", "D13", "--only", "D16")
    says(handed, "HUF 3,390,000", "HUF 4,850,000")
    says({"D13": handed["D13"]}, "Part of the schedule moved once: 2, new day: 16 Apr 2025")
    says({"D13": handed["D13"]}, "Part of the schedule not received within its cure days: 2")
    says({"D13": handed["D13"]}, "Minutes with the payment schedule signed", CALLED)
    says({"D16": handed["D16"]}, "“The Client states that on today's date it owes the Supplier HUF 4,850,000")
    says({"D16": handed["D16"]}, "part 2, HUF 1,130,000, due on 16 April 2025")

    # The file is complete, or refused with what is missing.
    refused = desk.run("hand-over", desk.case, "--out", desk.folder / "legal", "--as-of", letter, code=1)
    assert "The day the claim becomes time-barred is not known" in refused
    assert not (desk.folder / "legal").exists()
    desk.know("checks:", "  limitation_ends: 2030-03-14")
    desk.know("  copies: {", "reminders: found, ", beside=True)
    desk.run("hand-over", desk.case, "--out", desk.folder / "legal", "--as-of", letter)
    names = sorted(path.name for path in (desk.folder / "legal").rglob("*") if path.is_file() and path.name[0] != ".")
    assert [re.sub(r"^(\d)-2025-017-(\w+).*", r"\1 \2", name) for name in names] == [
        "1 D13",
        "2 D16",
        "3 C04",
        "4 C06",
        "5 C02",
        "6 interest",
        "index.html",
    ]

    # The letter goes; the month is counted from its day, and friendly notes may speak of it.
    assert "no claim letter" not in desk.run("record", desk.case, "--claim-letter", letter)
    pulse = next(step.day for step in the_kit().reckon(desk.read(), letter).clock.steps if step.key == "pulse")
    assert "paper: C09" in desk.status(pulse)
    # Legal confirms the file: from here on our letters need its consent.
    desk.run("record", desk.case, "--taken-over", letter)
    assert "held back: C09" in desk.status(pulse)
    second = the_kit().reckon(desk.read(), letter).clock.day_of("second_warning")
    assert "Legal has the file, and our messages about the debt need its consent" in desk.status(second)
    # The month passes; the filing is missed until it is recorded, and the case is closed for the account manager.
    filed = the_kit().reckon(desk.read(), letter).clock.day_of("court_file")
    assert "no filing is recorded" in desk.status(filed + timedelta(1))
    desk.run("record", desk.case, "--filed", filed)
    assert the_kit().reckon(desk.read(), filed).clock.stage == "court"
    answers = "\nweaker\nNo word since May\n\n\nAsk for security next time\n"
    closed = desk.run("close", desk.case, "--on", filed, typed=answers)
    assert "handed over" in closed
    assert "Nothing has to be done today." in desk.status(filed + timedelta(1))
    assert OWN_WORDS in desk.case.read_text("utf-8")
