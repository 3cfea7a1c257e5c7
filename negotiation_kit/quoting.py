"""Words of the signed minutes, quoted as they stand there: read from the paper itself, not written a second time."""

import re
from collections.abc import Mapping

from negotiation_kit.desk import Desk
from negotiation_kit.documents.catalogue import MINUTES
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.sheets import clauses_in
from negotiation_kit.documents.views import values_for
from negotiation_kit.reckoning.reckon import Reckoning

_POINT_4 = re.compile(r"^4\. .+\n(?P<said>(?:(?!5\. ).*\n)*)", re.MULTILINE)


def acknowledgement_quoted(
    desk: Desk, reckoning: Reckoning, sheets: Mapping[str, object], language: Language
) -> str | None:
    """The paragraph of point 4 that names the sum acknowledged; nothing where none is signed or found there."""
    outcome, agreement = reckoning.case.outcome, reckoning.agreement
    if outcome is None or agreement is None or agreement.acknowledged.is_zero or not MINUTES.possible(reckoning):
        return None
    if outcome.signed is None or outcome.signed > reckoning.as_of:
        return None
    values = values_for(MINUTES, reckoning, sheets, clauses_in(desk.clauses, MINUTES, reckoning))
    text = desk.compiled(language.code, "text", MINUTES.audience, values).render(MINUTES.template, values)
    found, sum_owed = _POINT_4.search(text), language.money(agreement.acknowledged)
    said = found["said"].split("\n\n") if found else []
    return next((paragraph.strip() for paragraph in said if sum_owed in paragraph), None)
