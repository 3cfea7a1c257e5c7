"""What the peers need to make our documents: the template in each one's own marks, and the values of each document."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal

import docx
from docx.document import Document
from docx.shared import Twips
from docx.table import Table as WordTable
from docx.table import _Cell
from patterns import Block, Loop, Paper, Paragraph, Piece, Table, alike, common, loop_over, read_paper, same_shape

Marks = Literal["jinja", "curly"]
Recipe = dict[str, object]
"""A document as plain data, for whoever builds it by hand: blocks of styles and pieces, loops by name."""


@dataclass
class _Values:
    """The values of every document, gathered while what they have in common is found."""

    of: list[dict[str, object]]
    count: int = 0
    loops: list[str] = field(default_factory=list)

    def pieces(self, texts: Sequence[str]) -> list[str | dict[str, str]]:
        """Pieces in which a gap is a name, its values kept."""
        pieces, values = common(texts)
        start, self.count = self.count, self.count + len(values[0])
        for own, found in zip(self.of, values, strict=True):
            own.update({f"f{start + place}": value for place, value in enumerate(found)})
        return [_named(piece, "f", start) for piece in pieces]

    def rows(self, loop: Loop) -> str:
        """The name of a loop, its rows kept."""
        name = f"rows{len(self.loops)}"
        self.loops.append(name)
        for own, rows in zip(self.of, loop.rows, strict=True):
            own[name] = [{f"c{place}": value for place, value in enumerate(row)} for row in rows]
        return name


def _named(piece: Piece, letter: str, start: int = 0) -> str | dict[str, str]:
    return piece if isinstance(piece, str) else {"value": f"{letter}{start + piece}"}


def recipe_of(contents: Sequence[bytes]) -> tuple[Recipe, list[dict[str, object]]]:
    """How to make these finished files of one kind: what they share, and the values of each."""
    papers = [read_paper(content) for content in contents]
    assert same_shape(papers), "the cases are alike in shape"
    values = _Values([{} for _ in papers])
    recipe = {part: [*_blocks(papers, part, values)] for part in ("header", "body", "footer")}
    return recipe, values.of


def _blocks(papers: Sequence[Paper], part: str, values: _Values) -> Iterator[Recipe]:
    for blocks in zip(*(getattr(paper, part) for paper in papers), strict=True):
        if isinstance(blocks[0], Table):
            yield _table(blocks, values)
        else:
            yield _paragraph(blocks, values)


def _paragraph(paragraphs: Sequence[Block], values: _Values) -> Recipe:
    said = [each.text for each in paragraphs if isinstance(each, Paragraph)]
    return {"style": paragraphs[0].style, "pieces": values.pieces(said)}


def _table(tables: Sequence[Table], values: _Values) -> Recipe:
    lines: list[Recipe] = []
    loops = dict(alike(tables))
    place = 0
    while place < len(tables[0].rows):
        if place in loops:
            loop = loop_over(tables, place, loops[place])
            cells = [
                [{"style": style, "pieces": [_named(piece, "c") for piece in pieces]} for style, pieces in cell]
                for cell in loop.cells
            ]
            lines.append({"rows": values.rows(loop), "cells": cells})
            place = loops[place]
        else:
            cells = [
                [
                    _paragraph(each, values)
                    for each in zip(*(table.rows[place][column] for table in tables), strict=True)
                ]
                for column in range(len(tables[0].rows[place]))
            ]
            lines.append({"cells": cells})
            place += 1
    return {"table": tables[0].style, "widths": list(tables[0].widths), "lines": lines}


def template(recipe: Recipe, house: bytes, marks: Marks) -> bytes:
    """The template of a peer, made with python-docx from the house file, so that it is as small as ours."""
    document = docx.Document(BytesIO(house))
    styles = {style.style_id: style for style in document.styles}
    for block in recipe["body"]:
        if "table" in block:
            _table_template(document, block, styles, marks)
        else:
            document.add_paragraph(_tagged(block["pieces"], marks), styles[block["style"]])
    for part in ("header", "footer"):
        margin = getattr(document.sections[0], part)
        for place, block in enumerate(recipe[part]):
            paragraph = margin.paragraphs[0] if place == 0 else margin.add_paragraph()
            paragraph.text, paragraph.style = _tagged(block["pieces"], marks), styles[block["style"]]
    return _saved(document)


def _saved(document: Document) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _emptied(house: bytes) -> bytes:
    """The house file without the words in it, so that nobody has to take them out for each document."""
    document = docx.Document(BytesIO(house))
    for element in [*document.element.body][:-1]:
        document.element.body.remove(element)
    for margin in (document.sections[0].header, document.sections[0].footer):
        for paragraph in margin.paragraphs[1:]:
            margin._element.remove(paragraph._element)
        margin.paragraphs[0].text = ""
    return _saved(document)


def _table_template(document: Document, block: Recipe, styles: dict[str, object], marks: Marks) -> None:
    table = document.add_table(0, len(block["widths"]), styles[block["table"]])
    table.autofit = False
    for column, width in zip(table.columns, block["widths"], strict=True):
        column.width = Twips(width)
    for line in block["lines"]:
        if "rows" not in line:
            _fill(table, line["cells"], styles, marks)
        elif marks == "jinja":
            table.add_row().cells[0].text = f"{{%tr for r in {line['rows']} %}}"
            _fill(table, line["cells"], styles, marks, "r.")
            table.add_row().cells[0].text = "{%tr endfor %}"
        else:
            cells = _fill(table, line["cells"], styles, marks)
            cells[0].paragraphs[0].runs[0].text = f"{{#{line['rows']}}}{cells[0].paragraphs[0].text}"
            last = cells[-1].paragraphs[-1]
            last.runs[-1].text = f"{last.text}{{/{line['rows']}}}"


def _fill(
    table: WordTable, cells: list[list[Recipe]], styles: dict[str, object], marks: Marks, of: str = ""
) -> tuple[_Cell, ...]:
    row = table.add_row().cells
    for cell, paragraphs in zip(row, cells, strict=True):
        for place, paragraph in enumerate(paragraphs):
            into = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            into.style = styles[paragraph["style"]] if paragraph["style"] else None
            into.add_run(_tagged(paragraph["pieces"], marks, of))
    return row


def _tagged(pieces: list[str | dict[str, str]], marks: Marks, of: str = "") -> str:
    begin, end = ("{{ ", " }}") if marks == "jinja" else ("{", "}")
    return "".join(each if isinstance(each, str) else f"{begin}{of}{each['value']}{end}" for each in pieces)


def write_recipe(folder: Path, contents: Sequence[bytes], house: bytes) -> None:
    """Everything the peers need for these documents, as files."""
    recipe, values = recipe_of(contents)
    house = _emptied(house)
    (folder / "house.docx").write_bytes(house)
    (folder / "recipe.json").write_text(json.dumps(recipe, ensure_ascii=False), "utf-8")
    (folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    (folder / "jinja.docx").write_bytes(template(recipe, house, "jinja"))
    (folder / "curly.docx").write_bytes(template(recipe, house, "curly"))
