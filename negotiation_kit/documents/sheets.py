"""What our own papers need beyond the reckoning, in one language: questions, checklist, guide to the talk."""

from collections.abc import Iterator

from negotiation_kit.case.fields import Spoken
from negotiation_kit.documents.catalogue import Paper
from negotiation_kit.documents.languages import Language
from negotiation_kit.reckoning.assessment import with_assessment
from negotiation_kit.reckoning.checklist import Checklist, prepare
from negotiation_kit.reckoning.clauses import ClauseBank, Minutes, chosen_clauses, minutes_of, notes
from negotiation_kit.reckoning.playbook import guide_for
from negotiation_kit.reckoning.playbook_bank import Playbook
from negotiation_kit.reckoning.question_bank import QuestionBank
from negotiation_kit.reckoning.questions import earlier_answers, form_for, select
from negotiation_kit.reckoning.reckon import Reckoning

SHEETS = ("questions", "preparation", "notes", "guide", "quoted")
"""The names `sheets_for` gives, and the words quoted from the minutes."""


def sheets_for(  # noqa: PLR0917 - the four files of lines, and whom they are for
    reckoning: Reckoning,
    bank: QuestionBank,
    checklist: Checklist,
    clauses: ClauseBank,
    playbook: Playbook,
    language: Language,
) -> dict[str, object]:
    """The names `questions`, `preparation`, `notes` and `guide` for the templates of our own papers."""
    facts = with_assessment(reckoning.facts, reckoning.assessment)
    values = dict(_figures(reckoning, language))
    answers = earlier_answers(reckoning.case, reckoning.as_of)
    questions = select(bank, facts, form_for(facts), language.code, values=values, answers=answers)
    preparation = prepare(
        checklist,
        facts,
        reckoning.case,
        as_of=reckoning.as_of,
        calendars=reckoning.calendars,
        language=language.code,
    )
    why = notes(clauses, reckoning, minutes_of(reckoning), language.code, languages=len(reckoning.case.languages))
    meeting, form = reckoning.case.meeting, form_for(facts)
    said = dict(_said(reckoning, language))
    guide = guide_for(playbook, facts, form, language.code, meeting=meeting, values=said)
    return {"questions": questions, "preparation": preparation, "notes": why, "guide": guide}


def _said(reckoning: Reckoning, language: Language) -> Iterator[tuple[str, str]]:
    """What the names in braces of the playbook stand for; days nobody has agreed yet keep their blank."""
    yield "amount", language.money(reckoning.debt.overdue)
    relationship = reckoning.case.relationship
    if relationship and relationship.next_success:
        success = relationship.next_success
        yield "prospect", success.in_language(language.code) if isinstance(success, Spoken) else success


def _figures(reckoning: Reckoning, language: Language) -> Iterator[tuple[str, str]]:
    """What the questions' names in braces stand for; what may not be said aloud yet keeps its blank."""
    debt, case = reckoning.debt, reckoning.case
    yield "amount", language.money(debt.overdue)
    if debt.overdue_invoices:
        oldest = debt.overdue_invoices[0].invoice
        yield "invoice_no", oldest.number
        yield "due_date", language.day(oldest.due)
    if case.judgement.our_error:
        yield "error", case.judgement.our_error
    contract = case.relationship.contract if case.relationship else None
    if contract and contract.payment_days is not None:
        yield "agreed_days", language.number(contract.payment_days)
    if reckoning.proposal:
        yield "end_date", language.day(reckoning.proposal.schedule.last.due)
        if reckoning.proposal.topup_percent is not None:
            yield "topup_pct", language.number(reckoning.proposal.topup_percent)


def clauses_in(bank: ClauseBank, paper: Paper, reckoning: Reckoning) -> tuple[str, ...]:
    """The names of the clauses that stand in a paper."""
    minutes: Minutes = "hand" if paper.to_fill else minutes_of(reckoning)
    chosen = chosen_clauses(bank, reckoning, minutes, languages=len(reckoning.case.languages))
    return tuple(clause.id for clause in chosen)
