"""Commands for those who edit the wording: templates list, copy, check; wording."""

from pathlib import Path

import click

from negotiation_kit.cli.edge import PATH, refusals, templates_option, the_kit


@click.group()
def templates() -> None:
    """Copy our wording out, check your own, and see which fields a paper may use."""


@templates.command("list")
@click.option("--paper", default="C04", show_default=True, metavar="CODE", help="The paper.")
def list_names(paper: str) -> None:
    """Show every name a paper's template may use, who may see it and what it means.

    Example: negotiation-kit templates list --paper C03
    """
    from negotiation_kit.files import samples
    from negotiation_kit.review import names_of, paper_of

    with refusals(as_json=False):
        kit = the_kit()
        found = names_of(kit, paper_of(paper), *samples())
    for each in found:
        click.echo(f"{each.path:48} {each.visibility.name.lower():10} {each.meaning}".rstrip())


@templates.command("copy")
@click.argument("folder", type=PATH)
@click.option("--language", "-l", help="Only this language.")
@click.option("--paper", metavar="CODE", help="Only the template of this paper.")
def copy(folder: Path, *, language: str | None, paper: str | None) -> None:
    """Copy our templates into a folder, to be edited and given with --templates; never over a file that is there.

    Example: negotiation-kit templates copy wording --language hu --paper C04
    """
    from negotiation_kit.files import copy_templates
    from negotiation_kit.review import paper_of

    with refusals(as_json=False, writes=True):
        kit = the_kit()
        if language and language not in kit.desk.language_codes:
            from negotiation_kit.problems import Refused

            raise Refused([kit.desk.no_language(language, None)])
        written = copy_templates(folder, language, paper_of(paper).template if paper else None)
    for path in written:
        click.echo(str(path))


@templates.command("check")
@click.argument("folder", type=PATH)
def check(folder: Path) -> None:
    """Try a folder of your own wording on every sample and tell all that is wrong with it.

    Example: negotiation-kit templates check wording
    """
    from negotiation_kit.files import own_texts, samples
    from negotiation_kit.problems import Refused
    from negotiation_kit.review import review

    with refusals(as_json=False):
        own, ours = own_texts(folder)
        if problems := review(the_kit(folder), own, ours, *samples()):
            raise Refused(problems)
    click.echo(f"{folder}: {len(own)} texts, in order with every sample.")


@click.command()
@click.option("--language", "-l", required=True, help="The language whose wording is printed.")
@click.option("--out", type=PATH, required=True, help="The Word file to write.")
@templates_option
def wording(*, language: str, out: Path, templates: Path | None) -> None:
    """Print all wording of a language as one Word file, each line beside its place, for a lawyer to mark up.

    Example: negotiation-kit wording --language hu --out wording-hu.docx
    """
    from negotiation_kit.files import library, write_again
    from negotiation_kit.wording_print import wording_file

    with refusals(as_json=False, writes=True):
        write_again(out, wording_file(the_kit(templates).desk, library(templates).templates, language))
    click.echo(f"{out} holds all wording in {language!r}.")
