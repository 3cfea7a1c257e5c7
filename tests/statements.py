"""Statements as banks send them, made after the public message definitions; companies and people are invented."""

from collections.abc import Sequence

VERSIONS = ("02", "04", "06", "08", "10")
_OURS = "HU93116000060000000012345676"


def camt(*entries: str, version: str = "08", currency: str = "HUF", account: str = _OURS) -> bytes:
    """A CAMT.053 file with one statement that holds these entries."""
    agent = "<BIC>MINTHUHB</BIC>" if version == "02" else "<BICFI>MINTHUHB</BICFI>"
    balance = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">1000000.00</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-03-26</Dt></Dt></Bal>"
        for code in ("OPBD", "CLBD")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M-2025-085</MsgId><CreDtTm>2025-03-26T19:30:00</CreDtTm></GrpHdr>"
        "<Stmt><Id>S-2025-085</Id><CreDtTm>2025-03-26T19:30:00</CreDtTm>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy><Svcr><FinInstnId>{agent}</FinInstnId></Svcr></Acct>"
        f"{balance}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def entry(
    amount: str,
    *details: str,
    version: str = "08",
    day: str = "2025-03-26",
    currency: str = "HUF",
    direction: str = "CRDT",
    status: str = "BOOK",
    reversal: bool = False,
    reference: str = "B-1",
    batch: int = 0,
) -> str:
    """One booked sum."""
    told = f"<Cd>{status}</Cd>" if version >= "08" else status
    batched = f"<Btch><NbOfTxs>{batch}</NbOfTxs></Btch>" if batch else ""
    parts = f"<NtryDtls>{batched}{''.join(details)}</NtryDtls>" if batched or details else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
        f"{'<RvslInd>true</RvslInd>' if reversal else ''}<Sts>{told}</Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd>"
        f"{parts}</Ntry>"
    )


def detail(
    *,
    version: str = "08",
    amount: str = "",
    currency: str = "HUF",
    direction: str = "CRDT",
    payer: str = "Példa Bútor Zrt.",
    payer_account: str = "HU42117730161111101800000000",
    text: str = "",
    end_to_end: str = "NOTPROVIDED",
    creditor_reference: str = "",
) -> str:
    """Payer and purpose of one payment."""
    later = version >= "08"
    name = f"<Pty><Nm>{payer}</Nm></Pty>" if later else f"<Nm>{payer}</Nm>"
    if version == "02":
        sums = f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    else:
        sums = f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>' if amount else ""
    free = f"<Ustrd>{text}</Ustrd>" if text else ""
    fields = f"<Strd><CdtrRefInf><Ref>{creditor_reference}</Ref></CdtrRefInf></Strd>" if creditor_reference else ""
    purpose = f"<RmtInf>{free}{fields}</RmtInf>" if free or fields else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>{sums}"
        f"<RltdPties><Dbtr>{name}</Dbtr><DbtrAcct><Id><IBAN>{payer_account}</IBAN></Id></DbtrAcct></RltdPties>"
        f"{purpose}</TxDtls>"
    )


def mt940(*entries: str, currency: str = "HUF", closed: bool = True) -> str:
    """An MT940 file with one statement."""
    end = [f":62F:C250326{currency}1000000,00", "-"] if closed else []
    lines = [":20:STARTUMSE", f":25:{_OURS}", ":28C:00085/001", f":60F:C250325{currency}1000000,00", *entries, *end]
    return "\r\n".join(lines) + "\r\n"


def mt940_entry(
    amount: str, purpose: Sequence[str], *, mark: str = "C", payer: str = "PELDA BUTOR ZRT.", ours: str = "NONREF"
) -> str:
    """One line and its description in numbered parts."""
    parts = "".join(f"?{20 + number}{part}" for number, part in enumerate(purpose))
    return f":61:2503260326{mark}{amount}NTRF{ours}//B4711\r\n:86:166?00CREDIT{parts}?31HU42117730161111101800000000?32{payer}"
