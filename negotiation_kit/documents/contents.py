"""What a pack holds, told in two ways: the index page with links to the files, and the cover of what is printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from negotiation_kit.case.fields import Visibility
from negotiation_kit.documents.catalogue import INDEX, Audience
from negotiation_kit.documents.html import page
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.translate import marked_up
from negotiation_kit.documents.views import seen
from negotiation_kit.documents.wording import Wording

NAMES = ("about", "rows")
"""What these templates may use."""
_WIDE = """
@page { size: A4 landscape; margin: 15mm }
body { max-width: 260mm }
table { font-size: 9.5pt } .facts { font-size: 10.5pt }
a { color: #1f2a37 } td a { display: block }
"""


@dataclass(frozen=True, slots=True)
class About:
    """Whose pack it is."""

    case: str
    client: str
    as_of: date
    meeting: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper of the pack, in all its languages and forms."""

    code: str
    title: str
    use: str
    audience: Audience
    copies: int
    """How many are printed to be taken along; none of most."""
    paths: tuple[str, ...]

    @property
    def files(self) -> str:
        """Where its files lie, a line each."""
        return "\n".join(self.paths)


def values(about: About, rows: Sequence[Listed]) -> dict[str, object]:
    """What the templates see."""
    named: Mapping[str, object] = {"about": about, "rows": tuple(rows)}
    return {name: seen(value, Visibility.INTERNAL) for name, value in named.items()}


def index_page(wording: Wording, language: Language, title: str, about: About, rows: Sequence[Listed]) -> str:
    """The papers in order of use, each file a link; a page that lies above the folders of the audiences."""
    body = wording.render(INDEX.template, values(about, rows))
    return page(_linked(body, rows), title=f"{about.case}: {title}", language_tag=language.tag, style=_WIDE)


def _linked(body: str, rows: Sequence[Listed]) -> str:
    """The page with each file's name a link to it; the longest name first, since one may begin another."""
    paths = sorted((path for row in rows for path in row.paths), key=lambda path: (-len(path), path))
    links = {marked_up(path): f'<a href="{marked_up(quote(path))}">{marked_up(path)}</a>' for path in paths}
    return re.sub("|".join(map(re.escape, links)) or "(?!)", lambda found: links[found[0]], body)
