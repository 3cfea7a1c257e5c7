import pytest

from negotiation_kit.reading.named import files_named, is_case


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


@pytest.mark.parametrize(
    "text",
    [
        "case: 1\n",
        "cae: 1\nclient: {name: A}\n",
        "{case: 1, currency: HUF}",
        "case: 1\n  currency: HUF\n",
        '"case": [\n',
        "",
        "\n",
    ],
)
def test_a_case_is_known_by_a_field_only_cases_have_even_where_it_cannot_be_read(text):
    assert is_case(text)


@pytest.mark.parametrize(
    "text",
    [
        "version: 2025-01\nnegotiation_days: 10\n",
        "words:\n  client: for the client\n",
        "- case\n",
        "# case: 1\n",
        "a: [\n",
    ],
)
def test_a_policy_or_a_list_is_no_case(text):
    assert not is_case(text)
