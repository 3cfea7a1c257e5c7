import pytest

from negotiation_kit.reading.named import at_sight, files_named, is_case, number_of


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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("case: 2025-017\n", "2025-017"),
        ("# case: X\ncase:   Ű/3 (b)  # ours\r\nclient: x\n", "Ű/3 (b)"),
        ("case: '2025-017'\n", None),
        ("case: A\ncase: B\n", None),
        ('"case": A\n', None),
        ("note: |\n  case: B\nclient: x\n", None),
        ("note: 'a\ncase: B\n'\n'case': A\n", None),
        ("case: !!str 5\n", None),
        ("case: >\n  A\n", None),
        ("case: A: B\n", None),
        ("case: A\n  B\n", None),
        ("case: A\n\n \tB\n", None),
        ("case: A\n  # ours\nclient: x\n", "A"),
        ("case: A\r\n\r\nclient:\r\n  name: x\r\n", "A"),
        ("case: A", "A"),
    ],
)
def test_a_value_is_read_at_sight_only_where_it_stands_plainly(text, number):
    assert number == at_sight(text, "case")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("case: 2025-017\n", "2025-017"),
        ("case: '2025: 017'\n", "2025: 017"),
        ("{case: A, note: x}\n", "A"),
        ("case: >-\n  A\n  B\n", "A B"),
        ("note: 'a\n  case: B'\n", ""),
        ("case: A\n  B\n", "A B"),
        ("case: [1\n", ""),
        ("client: x\n", ""),
    ],
)
def test_the_number_is_what_a_whole_reading_says(text, number):
    assert number == number_of(text)
