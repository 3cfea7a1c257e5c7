"""A second reading of tracked changes, written after the standard and not after our own code."""

import subprocess

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
            if each.getparent().tag == f"{W}r" and each.get(f"{W}type") != "page"
        ]
        lines.append("".join({f"{W}tab": "\t", f"{W}br": "\n"}.get(each.tag, each.text or "") for each in parts))
    return lines


def said(lines):
    """The lines that say something; an empty one stands behind each table."""
    return [line for line in lines if line]


_LIBRARIES = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>
"""
_LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"""
_MACRO = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(origin As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot;
  hidden(0).Value = True
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = &quot;FilterName&quot;
  kind(0).Value = &quot;MS Word 2007 XML&quot;
  Dim nothing_more()
  Dim paper As Object
  paper = StarDesktop.loadComponentFromURL(origin, &quot;_blank&quot;, 0, hidden())
  Dim dispatcher As Object
  dispatcher = createUnoService(&quot;com.sun.star.frame.DispatchHelper&quot;)
  dispatcher.executeDispatch(paper.CurrentController.Frame, command, &quot;&quot;, 0, nothing_more())
  paper.storeToURL(target, kind())
  paper.close(True)
End Sub
</script:module>
"""


def decided_by_office(path, folder, *, accept):
    """All changes of a file accepted or rejected by LibreOffice, as a new file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    basic = folder / "profile" / "user" / "basic"
    if not basic.exists():  # the first start only makes the profile
        _started(profile, "--terminate_after_init")
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (basic / "script.xlc").write_text(_LIBRARIES, "utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, "utf-8")
    (basic / "Standard" / "Module1.xba").write_text(_MACRO, "utf-8")
    target = folder / f"{path.stem}-{'accepted' if accept else 'rejected'}.docx"
    command = f".uno:{'Accept' if accept else 'Reject'}AllTrackedChanges"
    macro = f'macro:///Standard.Module1.Settle("{path.as_uri()}","{target.as_uri()}","{command}")'
    _started(profile, macro)
    return target


def _started(profile, what):
    subprocess.run(["soffice", profile, "--headless", what], check=True, capture_output=True, timeout=120)
