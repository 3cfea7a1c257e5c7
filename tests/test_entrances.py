"""Whatever comes in at the five entrances: a value or a refusal with a place and a way out, at once, in little memory.

The strategies know the grammar of what they write, so that most of it gets far; `scripts/fuzz.py` knows nothing and is
led by what the code does.
"""

from xml.sax.saxutils import escape, quoteattr

import pytest
from entrances import APART, CORPORA, ENTRANCES, enter, seeds, within_limits
from hostile import DAYS, NUMBERS, TEXTS, WORDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import ROOT
from statements import VERSIONS, camt, detail, entry, mt940, mt940_entry

from negotiation_kit.reckoning.facts import VOCABULARY

KEPT = sorted(path for name in ENTRANCES for path in (CORPORA / name).glob("*"))
QUICK = settings(deadline=None)
DEEP = settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])


def comes_to_something(name: str, data: str | bytes) -> None:
    with within_limits():
        assert enter(name, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))


def given_quick_and_deep(name: str, strategy):
    """The property once among the quick tests, and once with many more examples among the slow ones."""

    def decorate(_):
        @pytest.mark.parametrize("how", ["quick", pytest.param("deep", marks=pytest.mark.slow)])
        def test(how):
            checked = given(strategy)(lambda data: comes_to_something(name, data))
            (DEEP if how == "deep" else QUICK)(checked)()

        return test

    return decorate


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_comes_to_something_now(path):
    comes_to_something(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("name", ENTRANCES)
def test_honest_input_comes_to_a_value(name):
    honest = [data for data in seeds(name) if data not in [path.read_bytes() for path in KEPT]]
    told = [enter(name, data) for data in honest]

    assert honest
    assert any(not each.startswith("refused") for each in told), told


@pytest.mark.parametrize("name", ENTRANCES)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_come_to_something(name, data):
    comes_to_something(name, data)


# --- a case ----------------------------------------------------------------------------------------------------------

HOSTILE = st.sampled_from(WORDS) | st.text(max_size=12)
CASES = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.yaml"))]


@st.composite
def changed_cases(draw):
    """A sample with some lines or values of it changed as no person would."""
    lines = draw(st.sampled_from(CASES)).split("\n")
    for _ in range(draw(st.integers(1, 5))):
        here = draw(st.integers(0, len(lines) - 1))
        name, colon, value = lines[here].partition(": ")
        match draw(st.sampled_from(["value", "word", "name", "gone", "twice", "indent", "moved", "flow"])):
            case "value":
                lines[here] = f"{name}: {draw(HOSTILE)}"
            case "word":
                words = (value or name).split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(HOSTILE)
                lines[here] = f"{name}{colon}{' '.join(words)}"
            case "name":
                lines[here] = f"{draw(HOSTILE)}{colon or ': '}{value}"
            case "gone":
                lines[here] = ""
            case "twice":
                lines[here:here] = [lines[here]] * draw(st.sampled_from([1, 2, 40]))
            case "indent":
                lines[here] = draw(st.sampled_from(["  ", "\t", "- ", "    "])) + lines[here]
            case "moved":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines[here])
            case _:
                lines[here] = (
                    f"{name}: {draw(st.sampled_from(['[[]]', '{}', '[a, {b: c}]', '{en: x, hu: y}', '[,]', '? a']))}"
                )
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)


@given_quick_and_deep("case", changed_cases())
def test_a_case_no_person_would_write(): ...


# --- a condition -----------------------------------------------------------------------------------------------------

FACTS = st.sampled_from([*VOCABULARY, "gone", "always", "not", "in"])
VALUES = st.sampled_from([*{word for words in VOCABULARY.values() for word in words}, "yes", "no", "0.35", "-1"])
COMPARISONS = st.builds(
    "{} {} {}".format,
    FACTS,
    st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "=", "=>"]),
    (
        VALUES
        | st.sampled_from(NUMBERS)
        | HOSTILE
        | st.lists(VALUES, max_size=4).map(lambda them: f"[{', '.join(them)}]")
    ),
)
CONDITIONS = st.recursive(
    COMPARISONS | st.just("always"),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or", "and not", "", ","]), inner)
        | st.builds("not {}".format, inner)
        | st.builds("({})".format, inner)
        | st.builds("({}".format, inner)
    ),
    max_leaves=30,
)


@given_quick_and_deep("condition", CONDITIONS)
def test_a_condition_no_person_would_write(): ...


# --- a template ------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["name", "due", "amount", "note", "rows", "people", "yes", "nothing", "gone", "rows[0]", "people.name"]
)
FILTERS = st.sampled_from(
    ["", "|day", "|upper", "|join(', ')", "|first", "|length", "|gone", "|replace('a', 'bb')", "|sort"]
)
EXPRESSIONS = st.recursive(
    st.builds("{}{}".format, NAMES, FILTERS)
    | st.sampled_from(["'a'", "1", "1e999999", "[1, 2]", "range(9)", "loop.index"]),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["~", "+", "if", "and", "in", "==", "is", "or"]), inner)
        | st.builds("({})".format, inner)
        | st.builds("not {}".format, inner)
    ),
    max_leaves=5,
)
INLINE = st.lists(
    st.builds("{{{{ {} }}}}".format, EXPRESSIONS)
    | st.builds("{{% if {} %}}a{{% endif %}}".format, EXPRESSIONS)
    | st.sampled_from(
        ["**", "_a_", "____", "[[page]]", "[[place: ", "]]", "[[outcome = x]]", "[@a]", r"\|", "|", "{{", "%}", "{#"]
    )
    | HOSTILE,
    max_size=5,
).map(" ".join)
PIECES = st.builds(
    "{}{}".format, st.sampled_from(["", "# ", "## ", "##. ", "###. ", "- ", "- [ ] ", "#. ", "| a | ", "|= "]), INLINE
)
BLOCKS = st.recursive(
    PIECES
    | st.builds("| {} | b |\n|---|--:|\n| {} | d |".format, INLINE, INLINE)
    | st.builds("{{% set {} = {} %}}".format, NAMES, EXPRESSIONS)
    | st.sampled_from(
        ['{% include "part.md" %}', '{% extends "part.md" %}', '{% include "../x.md" %}', "{# gone", "#}", "---"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4).map("\n".join)
        | st.builds(
            "{}\n{}\n{}".format,
            st.builds(
                "::: {}".format,
                st.sampled_from(["facts", "note", "together", "columns", "signatures", "chart", "gone"]),
            )
            | st.builds("{{% if {} %}}".format, EXPRESSIONS)
            | st.builds("{{% for a in {} %}}".format, EXPRESSIONS)
            | st.just("{% block a %}"),
            inner,
            st.sampled_from([":::", "{% endif %}", "{% endfor %}", "{% endblock %}", "{% else %}", ""]),
        )
    ),
    max_leaves=15,
)


@given_quick_and_deep("template", st.builds("{}\n=====\n{}".format, BLOCKS, BLOCKS))
def test_a_template_no_person_would_write(): ...


# --- a paper that came back ------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TAGS = st.sampled_from(
    ["place", "day", "schedule.amount", "schedule.due", "total", "actions.who", "next_contact", "gone"]
)
SEEN = (
    HOSTILE | st.sampled_from(["4,850,000", "Monday, 24 March 2025", "9" * 300, "Kiss Anna (Supplier)", "1,1 1"])
).map(
    lambda text: escape(
        "".join(
            each for each in text if each >= " " and not "\ud800" <= each <= "\udfff" and each not in "\ufffe\uffff"
        )
    )
)
RUNS = SEEN.map(lambda text: f"<w:r><w:t>{text}</w:t></w:r>")
INSIDE = st.recursive(
    RUNS,
    lambda inner: (
        st.lists(inner, max_size=3).map("".join)
        | st.builds(
            "<w:sdt><w:sdtPr><w:tag w:val={}/><w:date w:fullDate={}/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format,
            TAGS.map(quoteattr),
            st.sampled_from(DAYS).map(quoteattr),
            inner,
        )
        | st.builds("<w:ins>{}</w:ins>".format, inner)
        | st.builds("<w:del>{}</w:del>".format, inner)
        | st.builds('<w:bookmarkStart w:id="1" w:name="place_1"/>{}<w:bookmarkEnd w:id="1"/>'.format, inner)
    ),
    max_leaves=6,
)
BODIES = st.recursive(
    INSIDE.map(lambda inside: f"<w:p>{inside}</w:p>"),
    lambda inner: (
        st.lists(inner, max_size=4).map("".join)
        | st.builds(
            "<w:tbl><w:tr>{}<w:tc>{}</w:tc></w:tr></w:tbl>".format,
            st.sampled_from(["", "<w:trPr><w:del/></w:trPr>"]),
            inner,
        )
        | st.builds("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format, inner)
    ),
    max_leaves=10,
).map(lambda blocks: f"<w:document {W}><w:body>{blocks}</w:body></w:document>".encode())


@given_quick_and_deep("returned", BODIES)
def test_a_paper_no_person_would_send_back(): ...


@given(st.data())
def test_a_paper_with_bytes_changed_on_the_way(data):
    paper = bytearray(next(each for each in seeds("returned") if each.startswith(b"PK")))
    for place in data.draw(st.lists(st.integers(0, len(paper) - 1), min_size=1, max_size=8)):
        paper[place] = data.draw(st.integers(0, 255))
    comes_to_something("returned", bytes(paper[: data.draw(st.integers(0, len(paper)))]))


# --- a bank's file ---------------------------------------------------------------------------------------------------

CELLS = st.sampled_from([*NUMBERS, *DAYS, *TEXTS, "100", "100,00", "2025-03-26", "HUF", ""]) | st.text(max_size=8)
SAFE = CELLS.map(lambda text: escape("".join(each for each in text if each.isprintable())))
STATEMENTS = st.builds(
    lambda version, *told: camt(entry(told[0], detail(payer=told[1], text=told[2], amount=told[3], version=version), day=told[4], version=version)),
    st.sampled_from(VERSIONS), SAFE, SAFE, SAFE, SAFE, SAFE | st.just("2025-03-26"),
)  # fmt: skip
MT940 = st.builds(
    lambda line, told, more: mt940(mt940_entry(line, [told]), f":61:{more}", f":86:{told}?{more}").encode("utf-8", "surrogatepass"),
    CELLS, CELLS, CELLS,
)  # fmt: skip
FORM = "name: x\ndecimal: '{}'\ndays: {}\nencoding: {}\ncolumns: {{day: D, amount: A, text: T}}\ncurrency: HUF\n"
CSV = st.builds(
    lambda decimal, days, encoding, rows: FORM.format(decimal, days, encoding).encode("utf-8", "replace") + APART
    + "\n".join(["D;A;T", *(";".join(row) for row in rows)]).encode(encoding if encoding != "gone" else "utf-8", "replace"),
    st.sampled_from([",", "."]),
    st.sampled_from(["YYYY-MM-DD", "DD.MM.YYYY", "YYYYMMDD", "gone"]),
    st.sampled_from(["utf-8", "utf-16", "cp1250", "gone"]),
    st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4),
)  # fmt: skip


@given_quick_and_deep("bank", STATEMENTS | MT940 | CSV)
def test_a_statement_no_bank_would_send(): ...
