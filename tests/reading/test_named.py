import pytest

from negotiation_kit.reading.named import files_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("case: 1\npolicy_file: policy.yaml\n", ("policy.yaml",)),
        ("case: 1\n", ()),
        ("policy_file:\n", ()),
        ("policy_file: [a.yaml]\n", ()),
        ("just a word", ()),
        ("\tno: yaml", ()),
        ("", ()),
    ],
)
def test_only_a_name_in_its_own_place_is_a_file(text, expected):
    assert expected == files_named(text)
