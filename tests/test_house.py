"""The house itself: who may import whom, what the core must not touch, what every field must say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from making import ROOT

from negotiation_kit.case.case import Case
from negotiation_kit.case.fields import Record

PACKAGE = ROOT / "negotiation_kit"
MODULES = sorted(PACKAGE.rglob("*.py"))
LEVELS = {
    "problems": 0, "money": 0, "days": 0,
    "review": 9, "wording_print": 9,
    "periods": 1,
    "case": 2,
    "law": 3,
    "reading": 4, "reckoning": 4,
    "documents": 5, "shelf": 5, "bank": 5,
    "reckoned": 6, "desk": 6,
    "composing": 7, "quoting": 7, "inspection": 7, "oneoff": 7, "starter": 7,
    "pack": 8,
    "asked": 9, "folder": 9, "store": 9, "placing": 9, "returning": 9, "comparison": 9,
    "files": 10, "printing": 10, "receipts": 10, "status": 10, "recording": 10, "redacting": 10,
    "crew": 10, "batch": 10,
    "batch_work": 11,
    "cli": 12, "__main__": 13,
}  # fmt: skip


def room_of(module: str) -> str:
    return module.removeprefix("negotiation_kit").lstrip(".").split(".")[0]


def imports_of(path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("negotiation_kit"):
            yield node.module if node.module != "negotiation_kit" else f"negotiation_kit.{node.names[0].name}"
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("negotiation_kit"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_point_down(path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":
        return
    for module in imports_of(path):
        there = room_of(module)
        if there and there not in {here, "__version__"}:
            assert LEVELS[there] < LEVELS[here], f"{here} imports {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_core_knows_no_float_no_clock_and_no_file(path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here in {"cli", "files", "placing", "store"}:
        return
    tree = ast.parse(path.read_text("utf-8"))
    likeness = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "cutoff"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in likeness:
            assert not isinstance(node.value, float), f"line {node.lineno}: a float"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in {"today", "now", "open", "float", "read_text", "write_text", "eval", "exec", "random"}, (
                f"line {node.lineno}: {name}()"
            )


PYTHON = sorted(path for folder in ("negotiation_kit", "scripts", "tests") for path in (ROOT / folder).rglob("*.py"))
BINARY = re.compile(r"[rwxa]\+?b|b[rwxa]")


def without_encoding(tree: ast.AST) -> Iterator[str]:
    """Calls that open a text in whatever encoding the machine has."""
    for node in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(getattr(function, "value", None), "id", "")
        given = {keyword.arg for keyword in node.keywords}
        modes = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        texts = {"read_text": 1, "write_text": 2}
        if (name in texts and len(node.args) < texts[name] and "encoding" not in given) or (
            name == "open" and owner != "os" and "encoding" not in given and not any(map(BINARY.fullmatch, modes))
        ):
            yield f"line {node.lineno}: {name}() names no encoding"
        if owner == "subprocess" and {"text", "universal_newlines"} & given and "encoding" not in given:
            yield f"line {node.lineno}: what a program says is read without naming its encoding"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_text_file_is_opened_in_a_named_encoding(path):
    assert [] == list(without_encoding(ast.parse(path.read_text("utf-8"))))


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("open('x')", True),
        ("open('x', 'w')", True),
        ("open('x', 'rb')", False),
        ("open('x', encoding='utf-8')", False),
        ("os.open('x', 0)", False),
        ("path.read_text()", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text('x')", True),
        ("path.write_text('x', 'utf-8')", False),
        ("subprocess.run([], text=True)", True),
        ("subprocess.run([], text=True, encoding='utf-8')", False),
    ],
)
def test_the_test_of_encodings_finds_what_it_looks_for(code, wrong):
    assert wrong is bool(list(without_encoding(ast.parse(code))))


def all_records() -> list[type[Record]]:
    found, waiting = [], [Case]
    while waiting:
        record = waiting.pop()
        found.append(record)
        waiting += [each for each in record.__subclasses__() if each not in found]
    below = [each for each in Record.__subclasses__() if each.__module__.startswith("negotiation_kit.case")]
    return sorted({*found, *below}, key=lambda each: each.__qualname__)


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.__qualname__)
def test_every_field_says_who_may_see_it_what_it_is_and_how_it_looks(record):
    for name, field in record.model_fields.items():
        extra = field.json_schema_extra
        assert isinstance(extra, dict), name
        assert extra["visibility"] in {"shared", "internal", "restricted"}, name
        assert field.description, name
        assert field.examples, name


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_quick_question_loads_nothing_heavy(option):
    script = (
        "import sys\n"
        "from negotiation_kit.cli import main\n"
        f"try: main([{option!r}])\n"
        "except SystemExit: pass\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "heavy = {'pydantic', 'docx', 'jinja2', 'babel', 'yaml', 'lxml'} & loaded\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_python_dash_m_is_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "negotiation_kit", "--version"], check=True, capture_output=True, encoding="utf-8"
    )

    assert done.stdout.startswith("negotiation-kit, version ")
