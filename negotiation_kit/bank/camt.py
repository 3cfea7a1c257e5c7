"""CAMT.053, the ISO 20022 account statement, in every version in the field: the structure decides, not the version."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from lxml import etree

from negotiation_kit.bank.entry import Entry, EntryKind, numbered
from negotiation_kit.bank.figures import Unreadable, iso_day, plain_sum
from negotiation_kit.money import Money
from negotiation_kit.problems import Problem, Refused

_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d{2}\}")
_LONGEST_NUMBER = 15
"""Digits, as the message definition has it."""
_MOST_MARKS = 3_000_000
"""Beginnings and ends of elements; a month of 20 000 payments has as many."""
_KINDS: dict[tuple[str, bool], EntryKind] = {
    ("CRDT", False): "credit",
    ("DBIT", False): "debit",
    ("DBIT", True): "reversed credit",
    ("CRDT", True): "debit",
}
"""By direction and reversal: a reversal that takes money from us takes back a credit; one that brings money takes
back a debit, which is none of a client's."""
_RETURNED: dict[EntryKind, EntryKind] = {"credit": "debit", "debit": "reversed credit"}
"""A payment that comes back as one of its own (RtrInf): money in is our own transfer returned, money out is a client's
payment that was never good."""


def entries_of_camt(data: bytes, file: str) -> tuple[Entry, ...]:
    """Every entry of every statement in the file, batches broken down; `Refused` when it is no whole CAMT.053."""
    root = _root(data, file)
    found: list[Entry] = []
    problems: list[Problem] = []
    statements = _all(root, "BkToCstmrStmt/Stmt")
    for number, statement in enumerate(statements, start=1):
        for count, entry in enumerate(_all(statement, "Ntry"), start=1):
            place = f"statement {number}, entry {count}"
            try:
                found += _entries(entry, statement, place)
            except Unreadable as wrong:
                problems.append(Problem(None, f"{file}: {place}: {wrong}", "ask the bank for the statement again"))
    if problems:
        raise Refused(problems)
    return numbered(found)


def _root(data: bytes, file: str) -> etree._Element:
    if data.count(b"<") > _MOST_MARKS:
        raise Refused([Problem(None, f"{file} has more in it than a statement", "export a shorter period")])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        message = f"{file} is no whole XML file: {wrong.msg}"
        raise Refused([Problem(None, message, "it may be cut off; download the statement again")]) from None
    declared: str = root.getroottree().docinfo.doctype  # type: ignore[union-attr]
    if declared:
        raise Refused([Problem(None, f"{file} declares a document type, which no bank does", "do not use this file")])
    if not _NAMESPACE.match(str(root.tag)) or not _all(root, "BkToCstmrStmt"):
        way_out = "export the account statement in the format CAMT.053 from the bank"
        raise Refused([Problem(None, f"{file} is no CAMT.053 statement", way_out)])
    return root


def _entries(entry: etree._Element, statement: etree._Element, place: str) -> Iterator[Entry]:
    """One record a payment; a batch the bank did not break down stays one, marked."""
    whole = _whole(entry, statement, place)
    parts = _all(entry, "NtryDtls/TxDtls")
    if len(parts) <= 1:
        batch = 0 if parts else _batch(_text(entry, "NtryDtls/Btch/NbOfTxs"))
        yield replace(_described(whole, parts[0]) if parts else whole, batch=batch)
        return
    amounts = [_part_amount(part, whole) for part in parts]
    if any(amount is None for amount in amounts):
        yield replace(whole, batch=len(parts), text=" ".join(filter(None, (_remittance(part) for part in parts))))
        return
    known = [amount for amount in amounts if amount is not None]
    if sum((each.amount for each in known), Decimal(0)) != whole.amount.amount:
        raise Unreadable(
            f"its parts are {sum(each.amount for each in known)} together, the entry is {whole.amount.amount}"
        )
    for number, (part, amount) in enumerate(zip(parts, known, strict=True), start=1):
        yield replace(_described(whole, part), place=f"{place}, part {number}", amount=amount)


def _whole(entry: etree._Element, statement: etree._Element, place: str) -> Entry:
    amount = _first(entry, "Amt")
    if amount is None:
        raise Unreadable("it has no amount")
    direction, reversal = _text(entry, "CdtDbtInd"), _text(entry, "RvslInd") in {"true", "1"}
    kind = _KINDS.get((direction, reversal))
    if kind is None:
        raise Unreadable(f"its direction is {direction!r}")
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    booked = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")
    return Entry(
        place=place,
        kind=kind if status == "BOOK" else "pending",
        day=iso_day(booked or _text(entry, "ValDt/DtTm") or _text(statement, "CreDtTm")),
        amount=plain_sum(amount.text or "", amount.get("Ccy", "")),
        account=_text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id"),
        text=_text(entry, "AddtlNtryInf"),
        reference=_text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"),
    )


def _batch(text: str) -> int:
    """Of how many payments a sum consists; nothing where it is one, or the bank does not say."""
    if not text.isdecimal():
        return 0
    if len(text) > _LONGEST_NUMBER:
        raise Unreadable(f"{text!r} is no number of payments")
    return int(text) if int(text) > 1 else 0


def _described(whole: Entry, part: etree._Element) -> Entry:
    """The entry with what the details say of payer and purpose."""
    payer = _text(part, "RltdPties/Dbtr/Nm") or _text(part, "RltdPties/Dbtr/Pty/Nm")
    ultimate = _text(part, "RltdPties/UltmtDbtr/Nm") or _text(part, "RltdPties/UltmtDbtr/Pty/Nm")
    end_to_end = _text(part, "Refs/EndToEndId")
    return replace(
        whole,
        kind=_RETURNED.get(whole.kind, whole.kind) if _first(part, "RtrInf") is not None else whole.kind,
        payer=payer or ultimate,
        payer_account=_text(part, "RltdPties/DbtrAcct/Id/IBAN") or _text(part, "RltdPties/DbtrAcct/Id/Othr/Id"),
        text=_remittance(part) or whole.text,
        reference=next(
            filter(None, (end_to_end if end_to_end != "NOTPROVIDED" else "", _text(part, "Refs/AcctSvcrRef"))),
            whole.reference,
        ),
    )


def _remittance(part: etree._Element) -> str:
    """What the payer wrote, free and in fields."""
    free = [each.text or "" for each in _all(part, "RmtInf/Ustrd")]
    fields = [
        each.text or ""
        for each in (*_all(part, "RmtInf/Strd/RfrdDocInf/Nb"), *_all(part, "RmtInf/Strd/CdtrRefInf/Ref"))
    ]
    return " ".join(text.strip() for text in (*free, *fields) if text.strip())


def _part_amount(part: etree._Element, whole: Entry) -> Money | None:
    """The sum of one payment of a batch, in the currency of the account; nothing where the bank leaves it out."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        amount = _first(part, path)
        if amount is not None and amount.get("Ccy", "") == whole.amount.currency:
            return plain_sum(amount.text or "", amount.get("Ccy", ""))
    return None


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(_qualified(_namespace(element), path))


def _first(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(_qualified(_namespace(element), path))


def _text(element: etree._Element, path: str) -> str:
    found = _first(element, path)
    return (found.text or "").strip() if found is not None else ""


def _namespace(element: etree._Element) -> str:
    """The namespace of the file's version, which all its elements share."""
    return str(element.tag).rpartition("}")[0] + "}"


@cache
def _qualified(namespace: str, path: str) -> str:
    return "/".join(f"{namespace}{name}" for name in path.split("/"))
