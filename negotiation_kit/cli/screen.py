"""What is said is written in letters the screen has; data for other programs is ASCII where it is not UTF-8."""

import codecs
import errno
import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from negotiation_kit.problems import Problem

_NEAREST = "negotiation-kit-nearest"
_NEAR = {
    "ő": "ö", "ű": "ü", "Ő": "Ö", "Ű": "Ü",
    "–": "-", "—": "-", "−": "-", "\u2011": "-", "·": "-", "•": "-", "…": "...", "×": "x", "→": "->",  # noqa: RUF001
    "„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "‘": "'", "€": "EUR", "§": "s.",  # noqa: RUF001
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "☐": "[ ]", "☑": "[x]", "☒": "[x]", "✓": "x", "≥": ">=", "≤": "<=",
}  # fmt: skip
"""What stands for a character a screen has not, where its bare letter would not do."""
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a screen instead of being shown; a name of a file may hold them."""
_NO_ROOM = {errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Screened(click.Group):
    """A command that says everything in letters the screen has, and ends kindly when its answer cannot be written."""

    def main(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - click's own
        """Run; what a screen, a pipe or a full disk behind it cannot take is told, never a traceback."""
        for stream, what_if_not in ((sys.stdout, _NEAREST), (sys.stderr, _NEAREST), (sys.stdin, "replace")):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors=what_if_not)
        try:
            return super().main(*arguments, **named)
        except OSError as trouble:
            _give_up(trouble)
        except UnicodeEncodeError as trouble:
            _tell_last(
                f"{trouble.object!r} is no name of a file where only {trouble.encoding} is written",
                "set the variable PYTHONUTF8 to 1, or use a UTF-8 locale",
            )


def _give_up(trouble: OSError) -> NoReturn:
    """The last word when not even the answer could be written."""
    if trouble.errno in _NO_ROOM:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - at exit there is nothing left to say
    what = trouble.filename or "the answer"
    _tell_last(f"{what} cannot be read or written: {trouble.strerror or trouble}", "check rights and space")


def _tell_last(message: str, way_out: str) -> NoReturn:
    click.echo(shown(str(Problem(None, message, way_out))), err=True)
    sys.exit(1)


def data_text(value: object, indent: int = 1) -> str:
    """Data as other programs read it whatever the screen speaks: where it is not UTF-8, letters by their number."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return json.dumps(value, ensure_ascii=codecs.lookup(encoding).name != "utf-8", indent=indent)


def is_watched() -> bool:
    """Whether a person looks at what is told beside the answer."""
    return sys.stderr is not None and sys.stderr.isatty()


def shown(text: str) -> str:
    """A text in which nothing steers the screen: such characters are shown by their number."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def shown_problems(problems: Sequence[Problem]) -> str:
    """Problems as a person reads them, one below the other."""
    return "\n\n".join(shown(str(problem)) for problem in problems)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """For characters a screen has not, those a person would write by hand on it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_near(each, error.encoding) for each in lost), error.end


def _near(character: str, encoding: str) -> str:
    import unicodedata

    bare = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    for offered in (_NEAR.get(character), bare):
        if offered and _has(encoding, offered):
            return offered
    return "" if unicodedata.combining(character) else "?"


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


codecs.register_error(_NEAREST, _nearest)
