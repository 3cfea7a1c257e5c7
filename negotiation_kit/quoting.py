"""Words of the signed minutes, quoted as they stand there: read from the paper itself, not written a second time."""

import re
from collections.abc import Mapping

from negotiation_kit.desk import Desk
from negotiation_kit.documents.catalogue import MINUTES
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.sheets import clauses_in
from negotiation_kit.documents.views import values_for
from negotiation_kit.reckoning.reckon import Reckoning

_POINT_4 = re.compile(r"^4\. .+\n\n(?P<said>.+)$", re.MULTILINE)
"""The first paragraph of point 4, which holds the acknowledgement and nothing else."""


def acknowledgement_quoted(
    desk: Desk, reckoning: Reckoning, sheets: Mapping[str, object], language: Language
) -> str | None:
    """The client's acknowledgement word for word; nothing where none is signed, or point 4 stands elsewhere."""
    outcome, agreement = reckoning.case.outcome, reckoning.agreement
    if outcome is None or agreement is None or agreement.acknowledged.is_zero or not MINUTES.possible(reckoning):
        return None
    if outcome.signed is None or outcome.signed > reckoning.as_of:
        return None
    values = values_for(MINUTES, reckoning, sheets, clauses_in(desk.clauses, MINUTES, reckoning))
    text = desk.compiled(language.code, "text", MINUTES.audience, values).render(MINUTES.template, values)
    found = _POINT_4.search(text)
    return found["said"].strip() if found else None
