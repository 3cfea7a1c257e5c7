"""The zip file around a Word paper: read with care, written the same every time."""

import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from io import BytesIO
from struct import Struct
from struct import error as NoSuchStructure  # noqa: N812 - an exception is named as one
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DamagedData  # noqa: N812

_MOST_PARTS = 500
_LARGEST_FILE = 20_000_000
_MOST_BYTES = 50_000_000
"""Of all parts, unpacked."""
_MOST_XML = 8_000_000
"""Bytes of one part of XML; the minutes of a plan of 24 parts have 100 000."""
_MOST_MARKS = 600_000
"""Beginnings and ends of elements in one part; each costs memory however short it is."""
_ENTRY = b"PK\x01\x02"
"""Stands before each entry of the file's list."""
_FIRST_DAY = (1 << 5) | 1
"""1 January 1980, the first a zip file knows; its hour before it is 0."""
_VERSION = 20
"""What a program must know to unpack it, and that it was made as on Windows, where nobody's rights are told."""
_NAME_IS_UTF8 = 0x800
_OWNERS = 0o600 << 16
"""Who unpacks it may read and change it."""
_BEGUN = Struct("<4s5H3L2H")
_LISTED = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")


class DamagedFile(ValueError):  # noqa: N818 - says what is wrong
    """The bytes are no Word file that can be trusted."""


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name; raises DamagedFile if they are too many, too large or not plain."""
    if len(data) > _LARGEST_FILE:
        raise DamagedFile(f"the file is larger than {_LARGEST_FILE:,} bytes")
    if (listed := data.count(_ENTRY)) > 2 * _MOST_PARTS:
        raise DamagedFile(f"the file has {listed} parts, more than {_MOST_PARTS}")
    try:
        with ZipFile(BytesIO(data)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _refuse_excess(entries)
            parts = {entry.filename: file.read(entry) for entry in entries}
    except DamagedFile:
        raise
    except _NO_ZIP as wrong:
        raise DamagedFile(f"this is no Word file: {wrong}") from wrong
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            _refuse_declarations(name, content)
    return parts


def parsed(name: str, content: bytes) -> ET.Element:
    """The elements of a part; raises DamagedFile where it is no XML.

    A part is UTF-8, whatever it says of itself: another encoding could hide from us what the parser would see.
    """
    try:
        return ET.fromstring(content, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - nothing declared, sizes limited
    except ET.ParseError as wrong:
        raise DamagedFile(f"the part {name} is damaged: {wrong}") from wrong


def zipped(parts: Mapping[str, bytes], *, same: Collection[str] = ()) -> bytes:
    """The parts as one file, in their order; the same parts give the same bytes.

    Those named `same` are the same in many files, and are packed once.
    """
    entries, directory = [], []
    at = 0
    for name, content in parts.items():
        crc, packed = _packed_once(content) if name in same else _packed(content)
        encoded = name.encode()
        flags = 0 if name.isascii() else _NAME_IS_UTF8
        about = (_VERSION, flags, ZIP_DEFLATED, 0, _FIRST_DAY, crc, len(packed), len(content), len(encoded), 0)
        entries += [_BEGUN.pack(b"PK\3\4", *about), encoded, packed]
        directory += [_LISTED.pack(b"PK\1\2", _VERSION, *about, 0, 0, 0, _OWNERS, at), encoded]
        at += _BEGUN.size + len(encoded) + len(packed)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join([*entries, listed, end])


def _packed(content: bytes) -> tuple[int, bytes]:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return zlib.crc32(content), packer.compress(content) + packer.flush()


_packed_once = lru_cache(maxsize=200)(_packed)


_NO_ZIP = (
    BadZipFile, DamagedData, NoSuchStructure, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip
"""What the reader of zip files raises when the bytes are none, or none it knows."""


def _refuse_excess(entries: list[ZipInfo]) -> None:
    if len(entries) > _MOST_PARTS:
        raise DamagedFile(f"the file has {len(entries)} parts, more than {_MOST_PARTS}")
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise DamagedFile(f"unpacked the file is larger than {_MOST_BYTES:,} bytes")
    if len({entry.filename for entry in entries}) < len(entries):
        raise DamagedFile("two parts of the file have the same name")
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise DamagedFile("it is packed in a way no office program packs")


def _refuse_declarations(name: str, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise DamagedFile(f"the part {name} is not UTF-8 text") from wrong
    if "\0" in text:
        raise DamagedFile(f"the part {name} is not UTF-8 text")
    if len(content) > _MOST_XML or content.count(b"<") > _MOST_MARKS:
        raise DamagedFile(f"the part {name} is larger than any paper")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DamagedFile(f"the part {name} declares its own entities")
