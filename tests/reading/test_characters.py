import pytest

from negotiation_kit.problems import Refused
from negotiation_kit.reading.characters import decode, quoted


def told(data):
    with pytest.raises(Refused) as refused:
        decode(data, "case.yaml")
    return str(refused.value)


def test_a_byte_order_mark_is_dropped():
    assert "név: Ő\r\n" == decode(b"\xef\xbb\xbf" + "név: Ő\r\n".encode(), "case.yaml")


def test_an_old_encoding_is_refused_at_the_first_letter_it_spoils():
    assert (
        "case.yaml:2:9: this character is not UTF-8\n"
        "    2 |   name: \ufffdrpád\n"
        "      |         ^\n"
        "      = save it as UTF-8: in the editor, Save as, then Encoding"
    ).replace("á", "\ufffd") == told("client:\n  name: Árpád\n".encode("iso8859_2"))


def test_utf_16_is_refused_by_its_name():
    assert told("a: b".encode("utf-16")).startswith("case.yaml:1:1: this file is saved as UTF-16")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x00", "a: b".encode("utf-16-le")])
def test_what_is_no_text_is_refused(data):
    assert told(data).startswith("case.yaml:1:1: this is not a text file")


def test_a_file_beyond_the_limit_is_refused_unread():
    assert told(b"\xff" * 1_048_577).startswith("case.yaml:1:1: this file is larger than 1 MiB")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1,5", "'1,5'"),
        ("", "''"),
        ("x" * 61, f"'{'x' * 60}…'"),
        ("one\ntwo\n", "'one…'"),
        ("one\n", "'one'"),
        ("1\u00a0905\u202f000", "'1 905 000'"),
        ("15\u200b00", "'15<U+200B>00'"),
        ("a\tb", "'a b'"),
    ],
)
def test_a_quoted_text_is_one_short_line_that_shows_what_cannot_be_seen(text, shown):
    assert shown == quoted(text)


@pytest.mark.parametrize("before", ["", "a: ő\n", "\n\nő", "éé"])
def test_a_byte_that_is_no_utf_8_is_told_at_its_place_behind_a_byte_order_mark_too(before):
    told = []
    for mark in (b"", b"\xef\xbb\xbf"):
        with pytest.raises(Refused) as refused:
            decode(mark + before.encode() + b"\xff b\nc", "case.yaml")
        told.append(str(refused.value))

    assert told[0] == told[1]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert f"case.yaml:{line}:{column}: this character is not UTF-8" in told[0]
