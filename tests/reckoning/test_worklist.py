from making import a_reckoning, day
from portfolios import AS_OF, alfa, beta, gamma, owned_by

from negotiation_kit.reckoning.worklist import WorkRow, work_row


def row(case, as_of=AS_OF) -> WorkRow:
    return work_row(a_reckoning(case, as_of))


def test_a_row_says_where_the_case_stands():
    found = row(alfa())

    assert ("A-1", "Alfa Kft.", "standard", "Kiss Anna") == (found.case, found.client, found.segment, found.owner)
    assert ("HUF 1300000", "HUF 1600000", 32) == (str(found.overdue), str(found.open), found.days_overdue)
    assert ("claim", "STAGED", "C2") == (found.stage, found.track, found.rule)
    assert (3, 1, 1) == (found.promises.made, found.promises.kept, found.promises.broken)
    assert (day("2025-02-25"), day("2025-02-21")) == (found.last_contact, found.superior_told)
    assert "" == found.file


def test_the_next_step_of_a_kept_plan_is_its_next_part():
    found = row(beta())

    assert ("plan_part", day("2025-03-25")) == (found.next_step.key, found.next_step.day)
    assert (True, 2, 4) == (found.suspended, found.parts_paid, len(found.plan.parts))


def test_the_next_step_of_any_other_case_is_that_of_the_clock():
    found = row(alfa())

    assert ("pulse", day("2025-03-26")) == (found.next_step.key, found.next_step.day)
    assert (False, 0) == (found.suspended, found.parts_paid)


def test_our_own_late_actions_are_shown_until_they_are_done():
    late = row(beta())
    done = beta().outcome.actions[0].model_copy(update={"done": day("2025-03-20")})
    outcome = beta().outcome.model_copy(update={"actions": (done,)})

    assert ["Árvai Béla"] == [action.who for action in late.late_actions]
    assert () == row(beta().model_copy(update={"outcome": outcome})).late_actions


def test_a_case_without_an_owner_is_an_exception():
    assert row(alfa(supplier=owned_by(None))).is_exception
    assert not row(alfa()).is_exception


def test_a_superior_told_later_is_not_told_yet():
    found = row(gamma(superior_told="2025-03-25"))

    assert None is found.superior_told
    assert ["superior_not_told"] == [alert.key for alert in found.alerts]


def test_an_overruled_track_is_told():
    override = {"track": "SECURED", "by": "Nagy Péter", "day": "2025-03-20", "reason": "Third delay"}

    found = row(alfa(override=override))

    assert ("SECURED", True) == (found.track, found.overruled)


def test_a_file_late_for_court_is_the_next_step():
    found = row(alfa(), day("2025-05-30"))

    assert "court" == found.stage
    assert ("court_file", True) == (found.next_step.key, found.next_step.day < day("2025-05-30"))
