"""A file from the bank, whatever its format: found by what stands in it, never by its name."""

from negotiation_kit.bank.camt import entries_of_camt
from negotiation_kit.bank.csv_statement import entries_of_csv
from negotiation_kit.bank.entry import Entry
from negotiation_kit.bank.forms import CsvForm, Headings
from negotiation_kit.bank.mt940 import entries_of_mt940
from negotiation_kit.problems import Problem, Refused

MOST_BYTES = 100_000_000
_MT940_ENCODINGS = ("utf-8-sig", "cp1250")


def entries_of(data: bytes, file: str, known: Headings, own: CsvForm | None = None) -> tuple[Entry, ...]:
    """Every entry of a statement in CAMT.053, MT940 or CSV; `Refused` when it is none of them, cut off or hostile.

    `known` are the headings banks use in a CSV, `own` the form of it that the company wrote down.
    """
    if len(data) > MOST_BYTES:
        raise Refused([Problem(None, f"{file} is larger than {MOST_BYTES:,} bytes", "export a shorter period")])
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if start.startswith(b"<") or start.replace(b"\0", b"").startswith(b"<"):
        return entries_of_camt(data, file)
    if (b":20:" in data[:4096] and b":61:" in data) or b":60F:" in data[:4096]:
        return entries_of_mt940(_text(data), file)
    return entries_of_csv(data, file, known, own)


def _text(data: bytes) -> str:
    for encoding in _MT940_ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
