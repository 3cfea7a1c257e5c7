"""A second reading of tracked changes, written after the standard and not after our own code."""

from lxml import etree
from writing import HOUSE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def tree_of(body):
    return etree.fromstring((HOUSE.opening + body + "</w:body></w:document>").encode())


def struck(body):
    """Each paragraph as a person reads it: what is gone in [brackets], what is new in {braces}, its mark with ¶."""
    told = []
    for paragraph in tree_of(body).iter(f"{W}p"):
        line = ""
        for run in paragraph.iter(f"{W}r"):
            cover = run.getparent().tag.removeprefix(W)
            text = "".join(
                (each.text or "") if each.tag != f"{W}tab" else "\t" for each in run if each.tag != f"{W}rPr"
            )
            line += {"ins": f"{{{text}}}", "del": f"[{text}]"}.get(cover, text)
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        marks = (
            [] if mark is None else [each.tag.removeprefix(W) for each in mark if each.tag in {f"{W}ins", f"{W}del"}]
        )
        told.append(line + "".join({"ins": "{¶}", "del": "[¶]"}[each] for each in marks))
    return [line for line in told if line]


def decided(body, *, accept):
    """All changes accepted or rejected, by a way of its own: the words of ECMA-376, part 1, 17.13.5."""
    tree = tree_of(body)
    gone, kept = (f"{W}del", f"{W}ins") if accept else (f"{W}ins", f"{W}del")
    for row in list(tree.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{gone}") is not None:
            row.getparent().remove(row)
    for table in list(tree.iter(f"{W}tbl")):
        if not table.findall(f"{W}tr"):
            table.getparent().remove(table)
    for runs in list(tree.iter(gone)):
        if runs.getparent().tag == f"{W}p":
            runs.getparent().remove(runs)
    for paragraph in list(tree.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is not None:
            assert not paragraph.findall(f"{W}r") + paragraph.findall(kept), "its words would move into the next"
            assert paragraph.getnext() is not None, "nothing takes the place of the last mark"
            paragraph.getparent().remove(paragraph)
    lines = []
    for paragraph in tree.iter(f"{W}p"):
        parts = [
            each
            for each in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br")
            if each.getparent().tag == f"{W}r"
        ]
        lines.append("".join({f"{W}tab": "\t", f"{W}br": "\n"}.get(each.tag, each.text or "") for each in parts))
    return lines


def said(lines):
    """The lines that say something; an empty one stands behind each table."""
    return [line for line in lines if line]
