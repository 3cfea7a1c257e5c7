"""The bytes of a paper, from its wording and the values it may name: in one language, or two side by side."""

from collections.abc import Mapping, Sequence

from negotiation_kit.desk import Desk
from negotiation_kit.documents.catalogue import Paper
from negotiation_kit.documents.html import page
from negotiation_kit.documents.languages import Language
from negotiation_kit.documents.package import word_file
from negotiation_kit.documents.wording import Form
from negotiation_kit.reckoning.reckon import Reckoning

Values = Mapping[str, object]
"""What the templates of a paper may name."""


def composed(  # noqa: PLR0917 - all of them meet here, once
    desk: Desk, paper: Paper, reckoning: Reckoning, values: Values, language: Language, form: Form
) -> bytes:
    """A paper in one language."""
    wording = desk.compiled(language.code, form, paper.audience, values)
    body = wording.render(paper.template, values)
    if form == "text":
        return body.encode("utf-8")
    title = desk.title(paper, language.code)
    footer = wording.render("footer.md" if paper.audience in {"client", "legal"} else "footer-internal.md", values)
    if form == "html":
        return page(body, title=title, language_tag=language.tag, footer=footer).encode("utf-8")
    return word_file(
        desk.house,
        body=body,
        title=title,
        language_tag=language.tag,
        day=reckoning.as_of,
        header=wording.render("header.md", {**values, "title": title}),
        footer=footer,
        identifier=f"{reckoning.case.case} {paper.code}",
    )


def composed_side_by_side(
    desk: Desk, paper: Paper, reckoning: Reckoning, values: Sequence[Values], languages: Sequence[Language]
) -> bytes:
    """A Word file in two languages, one a column; the running header is in the first."""
    from negotiation_kit.documents.bilingual import Side, margin_text, woven

    sides, footers = [], []
    for language, each in zip(languages, values, strict=True):
        wording = desk.compiled(language.code, "marked", paper.audience, each)
        beside = wording.render("side-by-side.md", each)
        sides.append(Side(wording.render(paper.template, each), beside, language, reckoning.case.currency))
        plain = desk.compiled(language.code, "docx", paper.audience, each)
        footers.append(plain.render("footer.md", each))
    opening, title = desk.house.opening, " / ".join(desk.title(paper, each.code) for each in languages)
    header = desk.compiled(languages[0].code, "docx", paper.audience, values[0])
    return word_file(
        desk.house,
        body=woven(opening, *sides),
        title=title,
        language_tag=languages[0].tag,
        day=reckoning.as_of,
        header=header.render("header.md", {**values[0], "title": title}),
        footer=margin_text(opening, *footers),
        identifier=f"{reckoning.case.case} {paper.code}",
    )
