"""Word files made to do harm: each is refused with words before it can cost time or memory."""

import struct
import zipfile
from io import BytesIO

import pytest
from entrances import within_limits

from negotiation_kit.documents.container import DamagedFile, parsed, unzipped, zipped

BODY = "<a>{}</a>"
ATTRIBUTES = " ".join(f"a{number}=''" for number in range(800_000))
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefg", "bcdefgh", strict=True))
    + "]><a>&h;</a>"
)


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    with within_limits(), pytest.raises(DamagedFile) as refused:
        [parsed(name, content) for name, content in unzipped(data).items()]
    return str(refused.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_what_office_programs_pack_with_is_unpacked(method):
    assert "it is packed in a way no office program packs" == refusal(packed({"a.xml": b"<a/>"}, method))


def test_a_packing_that_asks_for_gigabytes_gets_nothing():
    data = bytearray(packed({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA))
    properties = data.index(b"\x09\x04\x05\x00") + 4
    data[properties + 1 : properties + 5] = b"\xff\xff\xff\xff"

    assert "it is packed in a way no office program packs" == refusal(bytes(data))


@pytest.mark.parametrize("size", [200_000_000, 60_000_000])
def test_a_bomb_is_not_unpacked(size):
    assert "unpacked the file is larger than 50,000,000 bytes" == refusal(packed({"word/media/x.png": bytes(size)}))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    data = bytearray(packed({"a.xml": b" " * 40_000_000}))
    listed = data.rindex(b"PK\x01\x02")
    data[listed + 24 : listed + 28] = struct.pack("<I", 1_000)

    assert refusal(bytes(data)).startswith("this is no Word file: ")


def test_a_list_of_parts_that_alone_would_fill_the_memory_is_not_read():
    entries = b"".join(b"PK\x01\x02" + bytes(42) for _ in range(400_000))
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 65535, 65535, len(entries), 4, 0)

    assert "the file has 400000 parts, more than 500" == refusal(b"PK\x03\x04" + entries + end)


def test_a_part_without_a_name_is_refused():
    data = packed({"a": b"x"})
    start, listed = data.index(b"PK\x03\x04"), data.rindex(b"PK\x01\x02")
    nameless = data[: start + 26] + b"\0\0" + data[start + 28 : listed + 28] + b"\0\0" + data[listed + 30 :]

    assert refusal(nameless).startswith("this is no Word file: ")


def test_a_file_larger_than_any_paper_is_not_looked_into():
    assert "the file is larger than 20,000,000 bytes" == refusal(packed({"a": b"x"}) + bytes(20_000_000))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_entities_are_not_declared_in_any_encoding(encoding):
    assert refusal(packed({"a.xml": LAUGHS.encode(encoding)})).startswith(
        "the part a.xml declares its own entities" if encoding == "utf-8" else "the part a.xml is not UTF-8 text"
    )


def test_the_name_of_a_part_in_capitals_hides_nothing():
    assert "the part A.XML declares its own entities" == refusal(packed({"A.XML": LAUGHS.encode()}))


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "rot13", "nonsense", "cp037"])
def test_a_part_is_read_as_utf_8_whatever_it_says_of_itself(encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode()

    assert "é" == parsed("a.xml", unzipped(packed({"a.xml": part}))["a.xml"]).text


@pytest.mark.parametrize(
    "part",
    ["<b/>" * 600_001, f"<b {ATTRIBUTES}/>", "x" * 8_000_001],
    ids=["elements", "attributes", "text"],
)
def test_a_part_with_more_in_it_than_any_paper_is_refused(part):
    assert "the part a.xml is larger than any paper" == refusal(packed({"a.xml": BODY.format(part).encode()}))


def test_depth_costs_nothing():
    with within_limits():
        parsed("a.xml", ("<a>" * 200_000 + "</a>" * 200_000).encode())


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\con", "word/../../x", "a\\..\\b"])
def test_a_name_that_leads_out_is_only_a_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert [b"x"] == list(unzipped(packed({name: b"x"})).values())
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(17), b"\0" * 1_000, b"<a/>"])
def test_what_is_no_zip_is_refused(data):
    assert refusal(data).startswith("this is no Word file: ")


def test_a_truncated_file_is_refused():
    whole = zipped({"a.xml": b"<a/>" * 100})

    assert refusal(whole[:-30]).startswith("this is no Word file: ")


PACKED = {"[Content_Types].xml": b"<a/>" * 50, "word/\xe9.xml": "ő".encode() * 900, "word/media/image1.png": bytes(300)}


def as_the_standard_library_writes_it() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in PACKED.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return buffer.getvalue()


@pytest.mark.parametrize("same", [(), ("[Content_Types].xml",), tuple(PACKED)])
def test_what_is_packed_once_or_each_time_is_packed_as_the_standard_library_packs_it(same):
    for _ in range(2):
        assert as_the_standard_library_writes_it() == zipped(PACKED, same=same)


def test_what_is_packed_comes_out_again():
    assert unzipped(zipped(PACKED)) == PACKED
    with zipfile.ZipFile(BytesIO(zipped(PACKED))) as file:
        assert file.testzip() is None
