"""Commands on papers that came back: read, verify."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation_kit.cli.edge import PATH, REFUSED, data_as_json, refusals, templates_option, the_kit
from negotiation_kit.cli.screen import data_text

if TYPE_CHECKING:
    from negotiation_kit.documents.differences import Difference
    from negotiation_kit.returning import ReadBack

_HEADS = (
    ("value", "Values changed:"),
    ("row added", "Added:"),
    ("row struck", "Struck out or taken out:"),
    ("wording", "Wording touched:"),
    ("tracked", "Tracked changes that are neither accepted nor rejected:"),
    ("comment", "Comments written beside the text:"),
    ("unread", "To be cleared up, nothing was guessed:"),
)
_case_option = click.option("--case", "case", type=PATH, required=True, help="The case file of the paper.")


@click.command()
@click.argument("file", type=PATH)
@_case_option
@click.option("--write", is_flag=True, help="Write what the paper says into the case's outcome.")
@templates_option
@data_as_json
def read(file: Path, *, case: Path, write: bool, templates: Path | None, as_json: bool) -> None:
    """Read a filled or edited paper back: what changed in it, and with --write into the case.

    FILE is C04, C05, C06 or C13 as a Word file, saved by Word or LibreOffice.

    Example: negotiation-kit read pack/client/2025-017-C05-minutes-to-fill.en.docx --case case.yaml
    """
    from negotiation_kit.files import read_case, read_paper, read_to_change, write_changed
    from negotiation_kit.returning import amended, read_back

    with refusals(as_json=as_json, writes=write):
        kit = the_kit(templates)
        as_read, beside = read_to_change(case), read_case(case)[1]
        the_case = kit.check(as_read.text, str(case), beside)
        found = read_back(kit, the_case, read_paper(file), file.name)
        if not write:
            _tell(file, found, as_json=as_json)
            return
        if not as_json:
            _tell(file, found, as_json=False)
        text = amended(kit, the_case, as_read.text, str(case), found, beside)
        kept = write_changed(as_read, text) if text != as_read.text else None
    if as_json:
        _tell(file, found, as_json=True)
    elif kept:
        click.echo(f"\nWritten into {case}; its former text is kept as {kept}. Take it back with undo.")
    else:
        click.echo(f"\n{case} says the same already; nothing was written.")
    if not as_json and (left := found.left_to_a_person):
        click.echo(f"No field of the case holds {', '.join(left)}: see to that yourself.")


@click.command()
@click.argument("file", type=PATH)
@_case_option
@templates_option
@data_as_json
def verify(file: Path, *, case: Path, templates: Path | None, as_json: bool) -> None:
    """Say whether a paper is the agreement of the case, and what differs; exit code 1 if it is not.

    Example: negotiation-kit verify signed.docx --case case.yaml
    """
    from negotiation_kit.cli.edge import checked
    from negotiation_kit.files import read_paper
    from negotiation_kit.returning import read_back

    with refusals(as_json=as_json):
        kit = the_kit(templates)
        found = read_back(kit, checked(kit, case), read_paper(file), file.name)
    if as_json:
        click.echo(data_text(_data(found)))
    elif found.is_that_agreement:
        click.echo(f"{file.name} is what {case} says: mark {found.mark}, {found.number_of_values} values, all wording.")
    else:
        click.echo(f"{file.name} is NOT what {case} says.")
        if not found.mark:
            click.echo("  Its footer carries no mark of an agreement.")
        elif found.mark != found.mark_now:
            click.echo(f"  Its mark is {found.mark}, the case gives {found.mark_now or 'none'}: another agreement.")
        else:
            click.echo(f"  Its mark {found.mark} is right, but the text was changed after it was made.")
        _differences(found)
    if not found.is_that_agreement:
        sys.exit(REFUSED)


def _tell(file: Path, found: "ReadBack", *, as_json: bool) -> None:
    if as_json:
        click.echo(data_text(_data(found)))
        return
    click.echo(f"{file.name}: {found.code}, {found.language.name}, of {found.as_of}; {found.number_of_values} fields.")
    if found.compared.differences:
        _differences(found)
    else:
        click.echo("  Nothing differs from what the case says.")


def _differences(found: "ReadBack") -> None:
    for what, head in _HEADS:
        listed = [each for each in found.compared.differences if each.what == what]
        if listed:
            click.echo(f"\n  {head}")
        for each in listed:
            click.echo(f"    {_line(each, _name(each, found))}")


def _name(each: "Difference", found: "ReadBack") -> str:
    """What the field is called in the paper's language, with its way in the case."""
    if "." not in each.tag and each.what != "value":
        return each.tag
    return f"{found.language.word('control', each.tag.replace('.', '_'))} ({each.tag})"


def _line(each: "Difference", name: str) -> str:
    where = f"   [{each.where}]" if each.where not in {"", each.after} else ""
    match each.what:
        case "value":
            return f"{name}: {each.before or '(empty)'} -> {each.after or '(empty)'}{where}"
        case "row added" | "tracked":
            return f"{each.tag}: {each.after}"
        case "row struck":
            return f"{each.tag}: {each.before}"
        case "wording":
            return f"before: {each.before or '(nothing)'}\n    after:  {each.after or '(nothing)'}"
        case "comment":
            return each.after
    return f"{name}: {each.after}{where}"


def _data(found: "ReadBack") -> dict[str, object]:
    """The same for other programs."""
    return {
        "paper": found.code,
        "language": found.language.code,
        "as_of": found.as_of.isoformat(),
        "mark": found.mark or None,
        "mark_of_the_case": found.mark_now or None,
        "is_that_agreement": found.is_that_agreement,
        "values": found.number_of_values,
        "differences": [
            {"what": each.what, "field": each.tag, "before": each.before, "after": each.after, "where": each.where}
            for each in found.compared.differences
        ],
    }
