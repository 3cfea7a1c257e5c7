"""The zip file around a Word paper: read with care, written the same every time."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DamagedData  # noqa: N812 - an exception is named as one

_MOST_PARTS = 500
_MOST_BYTES = 50_000_000
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MADE_ON_WINDOWS = 0


class DamagedFile(ValueError):  # noqa: N818 - says what is wrong
    """The bytes are no Word file that can be trusted."""


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name; raises DamagedFile if they are too many, too large or not plain."""
    try:
        with ZipFile(BytesIO(data)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _refuse_excess(entries)
            parts = {entry.filename: file.read(entry) for entry in entries}
    except (BadZipFile, DamagedData, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise DamagedFile(f"this is no Word file: {wrong}") from wrong
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _refuse_declarations(name, content)
    return parts


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file, in their order; the same parts give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.create_system = _MADE_ON_WINDOWS
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, content)
    return buffer.getvalue()


def _refuse_excess(entries: list[ZipInfo]) -> None:
    if len(entries) > _MOST_PARTS:
        raise DamagedFile(f"the file has {len(entries)} parts, more than {_MOST_PARTS}")
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise DamagedFile(f"unpacked the file is larger than {_MOST_BYTES:,} bytes")
    if len({entry.filename for entry in entries}) < len(entries):
        raise DamagedFile("two parts of the file have the same name")


def _refuse_declarations(name: str, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise DamagedFile(f"the part {name} is not UTF-8 text") from wrong
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DamagedFile(f"the part {name} declares its own entities")
