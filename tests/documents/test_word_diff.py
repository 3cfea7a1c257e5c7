from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_kit.documents.word_diff import WHOLE, changes, likeness, pairs, pieces

texts = st.text(st.sampled_from("ab1 2.,\u00a0()-őŐ🤝\u0301\t\n"), max_size=40) | st.text(max_size=40)


def struck(old, new):
    """The change as a person reads it: what is gone in [brackets], what is new in {braces}."""
    before, after = pieces(old), pieces(new)
    told = ""
    for change in changes(before, after, str):
        if change.same:
            told += "".join(after[change.new])
        else:
            gone, come = "".join(before[change.old]), "".join(after[change.new])
            told += (f"[{gone}]" if gone else "") + (f"{{{come}}}" if come else "")
    return told


@given(texts)
def test_the_pieces_of_a_text_are_the_text(text):
    assert text == "".join(pieces(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HUF 1\u00a0460\u00a0000", ["HUF", " ", "1\u00a0460\u00a0000"]),
        ("1,130,000.50 by 9 April", ["1,130,000.50", " ", "by", " ", "9", " ", "April"]),
        ("2025. április 9.", ["2025", ".", " ", "április", " ", "9", "."]),
        ("14,5% (6:155. §)", ["14,5", "%", " ", "(", "6", ":", "155", ".", " ", "§", ")"]),
        ("B-2024/118", ["B", "-", "2024", "/", "118"]),
    ],
)
def test_sums_numbers_and_words_are_one_piece(text, expected):
    assert expected == pieces(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The Client pays HUF 1,000 at once.", "The Client pays HUF 1,500 at once.", "The Client pays HUF [1,000]{1,500} at once."),
        ("a tenth of their value is paid", "a fifth of their value is paid on top", "a [tenth]{fifth} of their value is paid{ on top}"),
        ("paid by Anna, Béla and Éva today", "paid by Éva, Anna and Béla today", "paid by {Éva, }Anna[,]{ and} Béla [and Éva ]today"),
        ("one two three four", "five six seven eight", "[one two three four]{five six seven eight}"),
        ("the first, second day of May", "the third, fourth day of May", "the [first, second]{third, fourth} day of May"),
        ("same", "same", "same"),
        ("", "new", "{new}"),
        ("old", "", "[old]"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_changes_are_marked_as_with_a_pen(old, new, expected):
    assert expected == struck(old, new)


@given(texts, texts)
def test_what_is_kept_and_struck_is_the_old_text_and_what_is_kept_and_new_is_the_new_one(old, new):
    before, after = pieces(old), pieces(new)
    found = changes(before, after, str)

    assert old == "".join("".join(before[change.old]) for change in found)
    assert new == "".join("".join(after[change.new]) for change in found)
    assert all(before[change.old] == after[change.new] for change in found if change.same)


def test_likeness_goes_from_nothing_to_whole():
    assert [WHOLE, 0, 500, WHOLE] == [
        likeness("abc", "abc"),
        likeness("abc", "xyz"),
        likeness("ab", "bc"),
        likeness("", ""),
    ]


def test_those_most_alike_belong_together_in_order():
    def alike(old, new):
        return likeness(old, new) if old[0] == new[0] else 0

    assert [(0, 0), (1, 2), (2, 3)] == pairs(["a1", "b22", "c3"], ["a1", "b99", "b22", "c4"], alike)
    assert [] == pairs(["a"], ["b"], alike)
    assert [(0, 1)] == pairs(["x1", "y1"], ["y2", "x1"], alike)


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
def test_no_two_pairs_cross_and_each_is_in_one_pair_at_most(old, new):
    found = pairs(old, new, lambda a, b: int(a == b))

    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert all(old[a] == new[b] for a, b in found)
