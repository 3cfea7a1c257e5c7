"""Who makes the documents: each a class that is made once with a folder of inputs and then asked for one file after another.

What each needs is imported when it is made, so that a process pays only for its own way.
"""

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol


class Contender(Protocol):
    """Makes the file with a number; the numbers go round."""

    def __init__(self, folder: Path) -> None: ...
    def make(self, number: int) -> bytes: ...


class OursReady:
    """The kit from values that are ready: the paper is worded and packed, as the pipeline does it."""

    def __init__(self, folder: Path) -> None:
        from ours import Warm

        self._warm = Warm(folder)

    def make(self, number: int) -> bytes:
        return self._warm.composed(number)


class OursWhole:
    """The kit from the text of the case: read, validated, reckoned, worded, packed, proofed."""

    def __init__(self, folder: Path) -> None:
        from ours import Whole

        self._whole = Whole(folder)

    def make(self, number: int) -> bytes:
        return self._whole.made(number)


class OursPack:
    """The kit from the text of the case to every paper the case calls for, in one language."""

    def __init__(self, folder: Path) -> None:
        from ours import Whole

        self._whole = Whole(folder)

    def make(self, number: int) -> bytes:
        return b"".join(self._whole.packed(number))


class Docxtpl:
    """docxtpl as documented: the template is read anew for each document, since rendering uses it up (its issue 110)."""

    template, values = "jinja.docx", "values.json"

    def __init__(self, folder: Path) -> None:
        from docxtpl import DocxTemplate
        from jinja2 import Environment

        self._template = DocxTemplate
        self._environment = Environment(autoescape=True)
        self._source = (folder / self.template).read_bytes()
        self._values = json.loads((folder / self.values).read_text("utf-8"))

    def make(self, number: int) -> bytes:
        document = self._template(BytesIO(self._source))
        document.render(self._values[number % len(self._values)], self._environment, autoescape=True)
        kept = BytesIO()
        document.save(kept)
        return kept.getvalue()


class DocxtplFields(Docxtpl):
    """docxtpl with our very file as its template, every field to fill in and bookmark in it."""

    template, values = "jinja-fields.docx", "values-fields.json"


class PythonDocx:
    """python-docx by hand: paragraphs and tables added one by one; no cell is asked for by row and column."""

    def __init__(self, folder: Path) -> None:
        import docx
        from docx.shared import Twips

        self._open, self._width = docx.Document, Twips
        self._house = (folder / "house.docx").read_bytes()
        self._recipe = json.loads((folder / "recipe.json").read_text("utf-8"))
        self._values = json.loads((folder / "values.json").read_text("utf-8"))

    def make(self, number: int) -> bytes:
        values = self._values[number % len(self._values)]
        document = self._open(BytesIO(self._house))
        styles = {style.style_id: style for style in document.styles}
        for block in self._recipe["body"]:
            if "table" in block:
                self._table(document, block, styles, values)
            else:
                document.add_paragraph(_said(block, values), styles[block["style"]])
        for part in ("header", "footer"):
            margin = getattr(document.sections[0], part)
            for place, block in enumerate(self._recipe[part]):
                paragraph = margin.paragraphs[0] if place == 0 else margin.add_paragraph()
                paragraph.text, paragraph.style = _said(block, values), styles[block["style"]]
        kept = BytesIO()
        document.save(kept)
        return kept.getvalue()

    def _table(self, document: Any, block: dict[str, Any], styles: dict[str, Any], values: dict[str, Any]) -> None:
        lines = [
            (line["cells"], row)
            for line in block["lines"]
            for row in (values[line["rows"]] if "rows" in line else [values])
        ]
        table = document.add_table(len(lines), len(block["widths"]), styles[block["table"]])
        table.autofit = False
        for column, width in zip(table.columns, block["widths"], strict=True):
            column.width = self._width(width)
        for row, (cells, own) in zip(table.rows, lines, strict=True):
            for cell, paragraphs in zip(row.cells, cells, strict=True):
                for place, paragraph in enumerate(paragraphs):
                    into = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                    into.add_run(_said(paragraph, own))
                    if paragraph["style"]:
                        into.style = styles[paragraph["style"]]


def _said(paragraph: dict[str, Any], values: dict[str, str]) -> str:
    return "".join(each if isinstance(each, str) else values[each["value"]] for each in paragraph["pieces"])


class Bare:
    """The bare limit: a compiled Jinja template of each part that differs, and a zip of the others as they are packed.

    The values are words already; nothing is looked up, formatted, counted, checked or proofed.
    """

    source = "bare.json"

    def __init__(self, folder: Path) -> None:
        from jinja2 import Environment

        environment = Environment(autoescape=True, keep_trailing_newline=True)
        told = json.loads((folder / self.source).read_text("utf-8"))
        self._values = told["values"]
        self._parts: list[tuple[bytes, bytes | Callable[[Mapping[str, Any]], str], int, int]] = []
        for name, part in told["parts"].items():
            if "same" in part:
                content = part["same"].encode("latin-1")
                packed = _deflated(content)
                self._parts.append((name.encode(), packed, zlib.crc32(content), len(content)))
            else:
                self._parts.append((name.encode(), environment.from_string(part["template"]).render, 0, 0))

    def make(self, number: int) -> bytes:
        values = self._values[number % len(self._values)]
        entries = []
        for name, part, check, size in self._parts:
            if isinstance(part, bytes):
                entries.append((name, part, check, size))
            else:
                content = part(values[name.decode()]).encode()
                entries.append((name, _deflated(content), zlib.crc32(content), len(content)))
        return _zipped(entries)


class BarePlain(Bare):
    """The same for the plainer document that the peers make: without fields to fill in and their bookmarks."""

    source = "bare-plain.json"


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def _zipped(entries: list[tuple[bytes, bytes, int, int]]) -> bytes:
    """The least of a zip file: each part with its head, and the list of them at the end."""
    whole, listed = bytearray(), bytearray()
    for name, packed, check, size in entries:
        about = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, check, len(packed), size, len(name), 0)
        listed += b"PK\1\2\x14\0" + about + struct.pack("<3H2I", 0, 0, 0, 0, len(whole)) + name
        whole += b"PK\3\4" + about + name + packed
    end = struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(listed), len(whole), 0)
    return bytes(whole + listed + b"PK\5\6" + end)


CONTENDERS: Mapping[str, type[Contender]] = {
    "ours": OursReady,
    "ours-whole": OursWhole,
    "ours-pack": OursPack,
    "docxtpl": Docxtpl,
    "docxtpl-fields": DocxtplFields,
    "python-docx": PythonDocx,
    "bare": Bare,
    "bare-plain": BarePlain,
}
