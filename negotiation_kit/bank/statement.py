"""A file from the bank, whatever its format: found by what stands in it, never by its name."""

from negotiation_kit.bank.camt import entries_of_camt
from negotiation_kit.bank.csv_statement import entries_of_csv
from negotiation_kit.bank.entry import Entry
from negotiation_kit.bank.forms import CsvForm, Headings
from negotiation_kit.bank.mt940 import entries_of_mt940
from negotiation_kit.problems import Problem, Refused

MOST_BYTES = 20_000_000
MOST_ENTRIES = 50_000
"""In one file; a company with so many payments a day parts them by account or by day."""
_MT940_ENCODINGS = ("utf-8-sig", "cp1250")


def entries_of(data: bytes, file: str, known: Headings, own: CsvForm | None = None) -> tuple[Entry, ...]:
    """Every entry of a statement in CAMT.053, MT940 or CSV; `Refused` when it is none of them, cut off or hostile.

    `known` are the headings banks use in a CSV, `own` the form of it that the company wrote down.
    """
    if len(data) > MOST_BYTES:
        raise Refused([Problem(None, f"{file} is larger than {MOST_BYTES:,} bytes", "export a shorter period")])
    if _entries_at_most(data) > MOST_ENTRIES:
        raise Refused([Problem(None, f"{file} has more than {MOST_ENTRIES:,} entries", "export a shorter period")])
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if start.startswith(b"<") or start.replace(b"\0", b"").startswith(b"<"):
        return entries_of_camt(data, file)
    if (b":20:" in data[:4096] and b":61:" in data) or b":60F:" in data[:4096]:
        return entries_of_mt940(_text(data), file)
    return entries_of_csv(data, file, known, own)


def _entries_at_most(data: bytes) -> int:
    """How many entries a file can have, told by what each of them needs in its format."""
    if data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return max(data.count(b"Ntry>"), data.count(b"TxDtls>")) // 2
    if b":60F:" in data[:4096] or b":20:" in data[:4096]:
        return data.count(b":61:")
    return max(data.count(b"\n"), data.count(b"\r"))


def _text(data: bytes) -> str:
    for encoding in _MT940_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
