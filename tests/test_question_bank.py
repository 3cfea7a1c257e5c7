"""The question bank and the checklist are complete, alike in both languages, and safe to say aloud."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
import yaml

TEMPLATES = Path(__file__).parents[1] / "templates"
BANK, CHECKLIST = (
    yaml.load((TEMPLATES / name).read_text(encoding="utf-8"), yaml.CBaseLoader)
    for name in ("questions.yaml", "checklist.yaml")
)
QUESTIONS = BANK["questions"]
CHECKED = [*CHECKLIST["tasks"], *CHECKLIST["copies"]]

PER_STAGE = {
    "PRE": 6,
    "CON": 9,
    "SUB": 9,
    "CAU": 42,
    "IDE": 12,
    "COO": 13,
    "SCH": 17,
    "RSK": 13,
    "CSQ": 10,
    "CLO": 9,
    "SELF": 14,
}
NOTES = ("why", "hear", "next")
LANGUAGES = ("en", "hu")
LETTER = r"[^\W\d_]"

YES_NO = {"yes", "no"}
NUMBER: set[str] = set()
CASE_FACTS = {
    "segment": {"key", "core", "standard", "occasional"},
    "relationship": {"new", "developing", "established"},
    "conduct": {"unproven", "good", "mixed", "poor"},
    "prospects": {"high", "medium", "low"},
    "debt_weight": {"light", "material", "heavy"},
    "cause": {
        "oversight",
        "admin",
        "our_error",
        "dispute",
        "cash_gap",
        "seasonal",
        "chain",
        "structural",
        "strategic",
        "person_change",
        "external",
        "integrity",
        "unknown",
    },
    "capacity": {"good", "strained", "distressed", "unknown"},
    "will": {"cooperative", "evasive", "hostile", "bad_faith", "unknown"},
    "contact": {"open", "partial", "none"},
    "stage": {"prevent", "negotiate", "claim", "court", "done"},
    "channel": {"call", "video", "in_person"},
    **dict.fromkeys(
        (
            "days_overdue",
            "overdue_invoices",
            "disputed_share",
            "broken_promises",
            "plan_missed",
            "lapses_12m",
            "round",
            "contact_attempts_failed",
            "refused_meetings",
            "limitation_days",
            "days_left",
        ),
        NUMBER,
    ),
    **dict.fromkeys(
        (
            "dispute_before_due",
            "decision_maker",
            "signatory_confirmed",
            "contact_changed",
            "balance_confirmed",
            "docs_complete",
            "supply_wanted",
            "goods_in_stock",
            "setoff_possible",
            "security_held",
            "insolvency_open",
            "insolvency_signal",
            "debtor_is_consumer",
            "cross_border",
            "superior_notified",
            "superior_confirmed",
            "plan_active",
        ),
        YES_NO,
    ),
}
ALL_FACTS = CASE_FACTS | {
    "track": {"CLARIFY", "RESOLVE", "STAGED", "SECURED", "EXECUTIVE", "LEGAL", "STOP"},
    "level": NUMBER,
}

TOKEN = re.compile(r"\s*(==|!=|<=|>=|<|>|\(|\)|\[|\]|,|\d+(?:\.\d+)?|[A-Za-z]\w*)")
COMPARISON = re.compile(
    r"(?P<fact>\w+)\s*(?:"
    r"(?:==|!=|<=|>=|<|>)\s*(?P<value>[\w.]+)|"
    r"in\s*\[(?P<values>\w+(?:,\s*\w+)*)\])"
)
SENTENCE = re.compile(r"C|\(S\)|S(?:(?:and|or)S)+|notS")

BANNED = {
    "en": (
        "debtor",
        "default",
        "defaulter",
        "failure",
        "demand",
        "last chance",
        "immediately",
        "legal action",
    ),
    "hu": ("adós", "mulasztás", "behajtás", "felszólítjuk", "utolsó lehetőség", "haladéktalanul"),
}
EXCUSED = {
    ("Q-CAU-24", "behajtás"): "speaks of what the client does to collect from its own customers",
}

COPIES = {
    "contract",
    "general_terms",
    "orders",
    "delivery_notes",
    "invoices",
    "credit_notes",
    "balance_confirmations",
    "payments",
    "complaints",
    "correspondence",
    "promises",
    "reminders",
    "security",
    "powers_of_attorney",
    "retention_of_title",
}
ROLES = {"account manager", "finance", "legal", "superior", "first person", "quality", "colleague"}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def tokens(condition: str) -> list[str] | None:
    """The words of a condition, or nothing if some character belongs to none."""
    found, place = [], 0
    while place < len(condition.rstrip()):
        token = TOKEN.match(condition, place)
        if token is None:
            return None
        found.append(token[1])
        place = token.end()
    return found


def parses(condition: str) -> bool:
    """Whether comparisons, and, or, not and brackets make one sentence."""
    short = re.sub(r"\s+", "", re.sub(r"\b(?:always|C)\b", "S", COMPARISON.sub("C", condition)))
    while short != "S":
        shorter = SENTENCE.sub("S", short, count=1)
        if shorter == short:
            return False
        short = shorter
    return True


def strangers(condition: str, facts: dict[str, set[str]]) -> Iterator[str]:
    """Facts nobody knows and values their fact never takes."""
    for comparison in COMPARISON.finditer(condition):
        fact = comparison["fact"]
        if fact not in facts:
            yield fact
            continue
        for value in re.split(r",\s*", comparison["values"] or comparison["value"]):
            if (value not in facts[fact]) if facts[fact] else not re.fullmatch(r"\d+(\.\d+)?", value):
                yield f"{fact}: {value}"


def test_there_are_154_questions():
    assert len(QUESTIONS) == 154


def test_each_stage_has_its_questions_numbered_in_order():
    expected = [
        (stage, f"Q-{stage}-{number:02}") for stage, count in PER_STAGE.items() for number in range(1, count + 1)
    ]

    assert expected == [(question["stage"], question["id"]) for question in QUESTIONS]


def test_a_question_has_the_keys_it_needs_and_no_other():
    keys = ["id", "stage", "prio", "when", "serves", "en", "hu"]
    wrong = [
        question["id"]
        for question in QUESTIONS
        if sorted(question) != sorted(keys + ["moment"] * (question["stage"] == "SELF"))
    ]

    assert not wrong


def test_priorities_are_must_should_or_could():
    assert {"must", "should", "could"} == {question["prio"] for question in QUESTIONS}


def test_the_manager_asks_himself_ten_questions_before_and_four_after():
    moments = [question["moment"] for question in QUESTIONS if question["stage"] == "SELF"]

    assert moments == ["before"] * 10 + ["after"] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_complete(language):
    wrong = [
        question["id"]
        for question in QUESTIONS
        if list(question[language]) != ["ask", *NOTES] or not all(text.strip() for text in question[language].values())
    ]

    assert not wrong


def test_caps_allow_thirty_five_questions():
    assert sum(int(cap) for cap in BANK["caps"].values()) == 35
    assert set(PER_STAGE) - {"PRE", "SELF"} == set(BANK["caps"])


def test_the_call_form_and_the_notes_name_questions_that_exist():
    known = {question["id"] for question in QUESTIONS}
    notes = [question[language][note] for question in QUESTIONS for language in LANGUAGES for note in NOTES]
    named = {*BANK["call_form"], *re.findall(r"Q-\w+-\d+", " ".join(notes))}

    assert set() == named - known


def test_both_languages_send_the_manager_to_the_same_question():
    sent = [
        (
            question["id"],
            *(re.findall(r"Q-\w+-\d+", question[language]["next"]) for language in LANGUAGES),
        )
        for question in QUESTIONS
    ]
    wrong = [name for name, english, hungarian in sent if english != hungarian]

    assert not wrong


def test_both_languages_use_the_same_placeholders():
    wrong = [
        question["id"]
        for question in QUESTIONS
        if placeholders(question["en"]["ask"]) != placeholders(question["hu"]["ask"])
    ]

    assert not wrong


def test_placeholders_are_declared_once_and_used():
    used = {name for question in QUESTIONS for name in placeholders(question["en"]["ask"])}
    declared = [placeholder["name"] for placeholder in BANK["placeholders"]]

    assert sorted(used) == sorted(declared)


def test_an_unknown_value_prints_a_bracketed_blank():
    wrong = [
        placeholder["name"]
        for placeholder in BANK["placeholders"]
        for language in LANGUAGES
        if not re.fullmatch(r"\[[^\[\]]+\]", placeholder[language])
    ]

    assert not wrong


def test_only_what_is_said_aloud_has_placeholders():
    wrong = [
        question["id"]
        for question in QUESTIONS
        for language in LANGUAGES
        for note in NOTES
        if "{" in question[language][note]
    ]

    assert not wrong


def test_a_hungarian_placeholder_takes_no_suffix_and_no_article():
    suffix = re.compile(rf"\}}(?:{LETTER}|[-–‑]\s*{LETTER})")
    article = re.compile(r"\baz?\s+[(\[„\"]?\{", re.IGNORECASE)
    wrong = [
        question["id"]
        for question in QUESTIONS
        if suffix.search(question["hu"]["ask"]) or article.search(question["hu"]["ask"])
    ]

    assert not wrong


@pytest.mark.parametrize("entries", [QUESTIONS, CHECKED], ids=["questions", "checklist"])
def test_every_condition_can_be_read(entries):
    wrong = [entry["id"] for entry in entries if tokens(entry["when"]) is None or not parses(entry["when"])]

    assert not wrong


def test_conditions_know_their_facts_and_values():
    wrong = [
        (question["id"], stranger) for question in QUESTIONS for stranger in strangers(question["when"], ALL_FACTS)
    ]

    assert not wrong


def test_the_checklist_depends_on_facts_of_the_case_only():
    wrong = [(entry["id"], stranger) for entry in CHECKED for stranger in strangers(entry["when"], CASE_FACTS)]

    assert not wrong


@pytest.mark.parametrize("condition", ["level ~ 1", "level >= ", "and level >= 1", "(level >= 1", "level"])
def test_a_broken_condition_is_noticed(condition):
    assert tokens(condition) is None or not parses(condition)


@pytest.mark.parametrize("condition", ["levle >= 1", "level >= high", "track == STAGE", "cause in [chain, x]"])
def test_a_stranger_in_a_condition_is_noticed(condition):
    assert len(list(strangers(condition, ALL_FACTS))) == 1


def test_nobody_is_asked_why():
    why = re.compile(r"(?:^|[.?!:;]\s+)(?:Why|Miért)\b", re.IGNORECASE)
    wrong = [
        question["id"] for question in QUESTIONS for language in LANGUAGES if why.search(question[language]["ask"])
    ]

    assert not wrong


def test_no_question_uses_a_word_that_hurts():
    found = {
        (question["id"], word)
        for question in QUESTIONS
        for language, words in BANNED.items()
        for word in words
        if re.search(rf"\b{word}", question[language]["ask"], re.IGNORECASE)
    }

    assert set(EXCUSED) == found


def test_what_is_served_is_a_requirement():
    served = {name for entry in [*QUESTIONS, *CHECKLIST["tasks"]] for name in entry["serves"]}

    assert set() == served - {f"S{number}" for number in range(1, 66)}


def test_questions_of_a_stage_serve_the_same_requirements():
    stages = groupby(QUESTIONS, key=lambda question: question["stage"])

    assert [1] * len(PER_STAGE) == [
        len({tuple(question["serves"]) for question in questions}) for _, questions in stages
    ]


@pytest.mark.parametrize("part", ["tasks", "copies", "meeting_kit"])
def test_every_line_of_the_checklist_has_its_own_name_and_both_languages(part):
    lines = CHECKLIST[part]
    names = Counter(line["id"] for line in lines)
    twice = [name for name, count in names.items() if count > 1]
    incomplete = [line["id"] for line in lines if not (line["en"].strip() and line["hu"].strip())]

    assert not twice
    assert not incomplete


def test_tasks_run_down_to_the_day_of_the_meeting():
    days = [int(task["before_bd"]) for task in CHECKLIST["tasks"]]

    assert sorted(days, reverse=True) == days
    assert set(range(6)) == set(days)


def test_tasks_are_given_to_known_roles():
    wrong = [task["id"] for task in CHECKLIST["tasks"] if not task["who"] or not set(task["who"]) <= ROLES]

    assert not wrong


def test_copies_are_the_papers_a_case_names():
    assert sorted(COPIES) == sorted(copy["id"] for copy in CHECKLIST["copies"])


def test_the_meeting_kit_says_what_stays_hidden():
    assert {"table", "folder", "bag"} == {thing["place"] for thing in CHECKLIST["meeting_kit"]}


@pytest.mark.parametrize("name", ["questions.yaml", "checklist.yaml"])
def test_the_yaml_is_plain(name):
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    marked = [event for event in yaml.parse(text) if getattr(event, "anchor", None) or getattr(event, "tag", None)]
    repeated = list(repeated_keys(yaml.compose(text)))

    assert not marked
    assert not repeated


def repeated_keys(node: yaml.Node) -> Iterator[str]:
    """Keys written twice in one mapping, with their line."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{key.value}, line {key.start_mark.line + 1}"
            seen.add(key.value)
            yield from repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from repeated_keys(item)
