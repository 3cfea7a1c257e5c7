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
        self.case.write_text(text.replace("approver: Nagy Péter", f"{approved}  {OWN_WORDS}"), "utf-8")

    def run(self, *arguments, code=0):
        done = CliRunner().invoke(main, list(map(str, arguments)))
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
        path = self.folder / "statement.xml"
        path.write_bytes(camt(*entries))
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


def agree(desk):
    """The way to the signed plan."""
    assert "2025-017 · Példa Bútor Zrt." in desk.status("2025-03-18")
    before = desk.papers("2025-03-20")
    assert {"D01", "D03", "D04", "D06", "C01", "C02", "C03", "C05"} <= before.keys()
    assert "HUF 4,850,000" in before["D01"]
    assert "4,850,000" in before["C02"]
    assert "Monday, 24 March 2025" in before["C01"]

    # At the table the minutes are filled in on the screen, saved, read back, and written into the case.
    desk.run("pack", desk.case, "--as-of", "2025-03-20", "-l", "en", "--only", "C05", "--out", desk.folder / "table")
    (minutes,) = (desk.folder / "table").rglob("*C05*.docx")
    minutes.write_bytes(edited(minutes.read_bytes(), *FILLED))
    desk.run("read", minutes, "--case", desk.case, "--write")
    after = desk.papers("2025-03-24")
    assert {"C04", "C06", "C08", "D14"} <= after.keys()
    for code in ("C04", "C06"):
        assert "1,460,000" in after[code]
        assert "7 May 2025" in after[code]
    assert "minutes" in desk.status("2025-03-27")  # unsigned after two business days: they are chased

    # The final minutes are printed, signed and recorded; the paper can be held against the case any day.
    desk.run("pack", desk.case, "--as-of", "2025-03-24", "-l", "en", "--only", "C04", "--out", desk.folder / "final")
    desk.run("record", desk.case, "--signed", "2025-03-26")
    (final,) = (desk.folder / "final").rglob("*C04*.docx")
    assert "31 values, all wording" in desk.run("verify", final, "--case", desk.case)
    desk.run("record", desk.case, "--done", "1", "2025-03-25")
    desk.run("calendar", desk.case, "--out", desk.folder / "calendars", "--as-of", "2025-03-26")


def test_a_case_is_carried_to_the_last_instalment(desk):
    agree(desk)

    # The first part comes in full and on its day.
    assert "1 booked" in desk.money_in(paid(1460000, "2025-03-26", "B-1"))
    assert "C10" not in desk.papers("2025-03-27")
    # Two business days before the second part a note goes out.
    note = desk.papers("2025-04-07", "--only", "C09")["C09"]
    assert "part 2 of our plan (HUF 1,130,000) is due on Wednesday, 9 April 2025" in note
    # The second part comes short; the call and the note have the same figures, and it is cured in time.
    desk.money_in(paid(500000, "2025-04-09", "B-2"))
    assert "Has part 2 arrived (9 April 2025, HUF 630,000)" in desk.status("2025-04-10")
    late = desk.papers("2025-04-10")
    for code in ("C10", "D10"):
        assert "HUF 630,000" in late[code]
        assert "14 April 2025" in late[code]
    assert "1 booked, 0 booked before" in desk.money_in(paid(630000, "2025-04-11", "B-3"))
    # The third part is late by a day and comes inside its cure days.
    assert "C10" in desk.papers("2025-04-24")
    desk.money_in(paid(1130000, "2025-04-25", "B-4"))
    states = [part.state for part in the_kit().reckon(desk.read(), day("2025-04-28")).performance.parts]
    assert states == ["paid", "cured", "cured", "open"]
    # The last part, the same statement twice, and the closing letter.
    last = paid(1130000, "2025-05-07", "B-5")
    assert "1 booked" in desk.money_in(last)
    assert "0 booked, 1 booked before" in desk.money_in(last)
    assert len(desk.read().payments) == 5
    closing = desk.papers("2025-05-08", "--only", "C12")["C12"]
    assert "last part arrived on 7 May 2025; the balance of HUF 4,850,000 is settled in full" in closing
    # The manager's own words are where they were.
    assert OWN_WORDS in desk.case.read_text("utf-8")


def test_its_twin_ends_with_a_warning_and_the_hand_over(desk):
    agree(desk)

    desk.money_in(paid(1460000, "2025-03-26", "B-1"))
    # The second part never comes: called, written to, missed past its cure days.
    assert {"C10", "D10"} <= desk.papers("2025-04-10").keys()
    missed = desk.papers("2025-04-16")
    assert "C10" not in missed
    reckoning = the_kit().reckon(desk.read(), day("2025-04-16"))
    assert reckoning.performance.health == "missed"
    # The clock runs again, and on its day the warning goes: one day, the true next step.
    days = (day("2025-04-16") + timedelta(number) for number in range(60))
    on = next(each for each in days if "paper: C11" in desk.status(each.isoformat()))
    warning = desk.papers(on.isoformat(), "--only", "C11")["C11"]
    clock = the_kit().reckon(desk.read(), on).clock
    end = clock.day_of("window_end" if clock.stage == "negotiate" else "claim_end")
    assert f"{end.day} {end:%B %Y}" in warning
    assert "HUF 3,390,000" in warning
    assert "the matter passes to" in warning
    # Nothing comes, and the matter goes to legal with a file whose figures are the same.
    end = the_kit().reckon(desk.read(), day("2025-07-01"))
    assert end.clock.stage == "court"
    handed = desk.papers("2025-07-01", "--only", "D13")["D13"]
    assert "HUF 3,390,000" in handed
    assert "Part of the schedule not received within its cure days: 2" in handed
    assert "Minutes with the payment schedule signed" in handed
    refused = desk.run("hand-over", desk.case, "--out", desk.folder / "legal", "--as-of", "2025-07-01", code=1)
    assert "The day the claim becomes time-barred is not known" in refused
    assert not (desk.folder / "legal").exists()
    desk.know("checks:", "  limitation_ends: 2030-03-14")
    desk.know("  copies: {", "reminders: found, ", beside=True)
    desk.run("hand-over", desk.case, "--out", desk.folder / "legal", "--as-of", "2025-07-01")
    names = sorted(path.name for path in (desk.folder / "legal").rglob("*") if path.is_file() and path.name[0] != ".")
    assert [re.sub(r"-2025-017-|\.en\..*", " ", name).split(" ")[0] for name in names] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "index.html",
    ]
