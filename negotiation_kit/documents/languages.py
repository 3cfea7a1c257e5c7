"""A language as data: how it writes days, amounts, counts and lists, and what it calls our choices.

All of it stands in `templates/<code>/words.yaml`. Only the words of numbers are code, in `number_words`. Formatting
never rounds: what does not fit the smallest unit of its currency is refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from string import Formatter
from types import MappingProxyType
from typing import Protocol, Self, TypeVar

from negotiation_kit.case.fields import Spoken
from negotiation_kit.documents.number_words import NUMBER_WORDS
from negotiation_kit.documents.read_back import amount_in, day_in, picker
from negotiation_kit.money import CURRENCIES, Money

_SECTIONS = ("tag", "name", "formats", "currencies", "plurals", "words")
_DAY_FIELDS = {"day", "month", "year", "weekday", "short_month", "month_number"}
_PATTERNS = {
    "day": _DAY_FIELDS,
    "weekday_day": _DAY_FIELDS,
    "short_day": _DAY_FIELDS,
    "month": _DAY_FIELDS,
    "percent": {"number"},
    "count": {"number", "noun"},
    "whole_and_part": {"whole", "part"},
    "unnamed": {"number", "currency"},
    "unnamed_and_part": {"number", "part", "hundred", "currency"},
}
_MONEY_FIELDS = {"sign", "amount", "currency"}
_TEXTS = ("decimal", "group", "group_from", "minus", "comma", "and")
_LISTS = {"months": 12, "short_months": 12, "weekdays": 7}
_OTHER = "other"
_SHOWN_KEYS = 12

Tree = Mapping[str, object]


class Told(Protocol):
    """A reason: the key of its sentence and the figures in it."""

    @property
    def key(self) -> str:
        """The key."""
        ...

    @property
    def values(self) -> Mapping[str, object]:
        """The figures."""
        ...


Table = Mapping[str, str]
_Value = TypeVar("_Value")
_LONGEST_RULE, _MOST_REPEATED = 100, 4
_REPEATED, _REPEATED_GROUP = re.compile(r"[*+{]"), re.compile(r"\)[*+{]")


@dataclass(frozen=True, slots=True, eq=False)
class Formats:
    """The patterns and signs of a language, from the section `formats` of its words."""

    patterns: Table
    money: Table
    """A pattern for each currency that has its own, and one named `default`."""
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    decimal: str
    group: str
    group_from: int
    """The fewest digits that are parted into groups of three."""
    minus: str
    comma: str
    and_: str
    plural: Mapping[str, re.Pattern[str]]
    """Which form a noun takes: the first whose pattern the number's digits match, else `other`."""

    @classmethod
    def from_tree(cls, tree: Tree) -> Self:
        """The section `formats`, each pattern checked for the fields it may use."""
        _expect(tree, {*_PATTERNS, *_TEXTS, *_LISTS, "money", "plural"}, "formats")
        texts = {key: _text(tree[key], f"formats.{key}") for key in _TEXTS}
        if not texts["group_from"].isdecimal():
            raise ValueError(f"formats.group_from is {texts['group_from']!r}, expected a number of digits")
        money = _table(tree["money"], "formats.money")
        if "default" not in money:
            raise ValueError("formats.money has no default")
        return cls(
            patterns=MappingProxyType(
                {key: _pattern(tree[key], f"formats.{key}", fields) for key, fields in _PATTERNS.items()}
            ),
            money=MappingProxyType(
                {code: _pattern(text, f"formats.money.{code}", _MONEY_FIELDS) for code, text in money.items()}
            ),
            months=_list(tree, "months"),
            short_months=_list(tree, "short_months"),
            weekdays=_list(tree, "weekdays"),
            decimal=texts["decimal"],
            group=texts["group"],
            group_from=int(texts["group_from"]),
            minus=texts["minus"],
            comma=texts["comma"],
            and_=texts["and"],
            plural=MappingProxyType(
                {
                    form: _rule(rule, f"formats.plural.{form}")
                    for form, rule in _table(tree["plural"], "formats.plural").items()
                }
            ),
        )

    def form(self, number: int) -> str:
        """The form of the noun that goes with a number."""
        digits = str(number)
        return next((form for form, rule in self.plural.items() if rule.fullmatch(digits)), _OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Everything a paper needs to speak one language."""

    code: str
    tag: str
    """The language and country Word is told, such as en-GB."""
    name: str
    words: Mapping[str, Table]
    """Labels of choices and short terms: group, key, label."""
    formats: Formats
    currencies: Mapping[str, Mapping[str, Table]]
    """The nouns of currencies: code, `whole` or `part`, form of the plural."""
    plurals: Mapping[str, Table]
    """Nouns that are counted: key, form of the plural."""
    sentences: Table
    """Sentences with figures to fill in, for our own papers: why the kit says what it says."""

    @classmethod
    def from_words(cls, code: str, tree: Tree, reasons: Tree | None = None) -> Self:
        """The language of `templates/<code>/words.yaml` and `reasons.yaml`; ValueError where something is missing."""
        _expect(tree, set(_SECTIONS), f"words of {code}")
        if code not in NUMBER_WORDS:
            raise ValueError(f"language {code} has no words of numbers yet; add them to number_words")
        formats = Formats.from_tree(_tree(tree["formats"], "formats"))
        forms = {*formats.plural, _OTHER}
        return cls(
            code=code,
            tag=_text(tree["tag"], "tag"),
            name=_text(tree["name"], "name"),
            words=_tables(tree["words"], "words"),
            formats=formats,
            currencies=MappingProxyType(_nouns_of_currencies(tree["currencies"], forms)),
            plurals=_tables(tree["plurals"], "plurals", forms),
            sentences=MappingProxyType(_table(reasons or {}, "reasons")),
        )

    def day(self, day: date) -> str:
        """A date written out: "26 March 2025"."""
        return self._dated("day", day)

    def weekday_day(self, day: date) -> str:
        """A date with its weekday: "Wednesday, 26 March 2025"."""
        return self._dated("weekday_day", day)

    def short_day(self, day: date) -> str:
        """A date for a narrow table, in no-break spaces and without doubt about day and month."""
        return self._dated("short_day", day)

    def month(self, day: date) -> str:
        """The month of a date: "March 2025"."""
        return self._dated("month", day)

    def money(self, money: Money) -> str:
        """An amount with its currency, which no line end can tear apart."""
        pattern = self.formats.money.get(money.currency) or self.formats.money["default"]
        return pattern.format(
            sign=self._sign(money.amount), amount=self._digits(_whole_units(money).copy_abs()), currency=money.currency
        )

    def day_in(self, text: str) -> tuple[date, str] | None:
        """The day a text says, and in which pattern; nothing if it says none, or a day there is not."""
        return day_in(text, self.formats.patterns, self.formats)

    def amount_in(self, text: str, currency: str) -> Decimal | None:
        """The sum a text says in digits; nothing where it could be read in two ways, or is of another currency."""
        return amount_in(text, self.formats, self.formats.money, currency)

    def picker(self, pattern: str) -> str:
        """A pattern of days as a date picker of Word writes it."""
        return picker(self.formats.patterns[pattern])

    def amount(self, money: Money) -> str:
        """An amount without its currency, for a column whose head names it."""
        return self._sign(money.amount) + self._digits(_whole_units(money).copy_abs())

    def number(self, number: int | Decimal) -> str:
        """A plain number, without zeros at the end of its decimals."""
        if isinstance(number, bool) or not isinstance(number, int | Decimal):
            raise TypeError(f"expected a whole number or a Decimal, not {type(number).__name__}: {number!r}")
        text = f"{number:f}" if isinstance(number, Decimal) else str(number)
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return self._sign(number) + self._digits(Decimal(text.lstrip("-")))

    def exact(self, number: Decimal) -> str:
        """A number with every decimal it has, for a column of workings."""
        return self._sign(number) + self._digits(number.copy_abs())

    def percent(self, percent: Decimal) -> str:
        """A percentage: "14.5%"."""
        return self.formats.patterns["percent"].format(number=self.number(percent))

    def count(self, number: int, noun: str) -> str:
        """A number of things: "3 days"; the noun is a key of `plurals`."""
        forms = _found(self.plurals, noun, "plurals")
        return self.formats.patterns["count"].format(number=self.number(number), noun=forms[self.formats.form(number)])

    def joined(self, items: Iterable[str]) -> str:
        """A list in a sentence: "A, B and C"."""
        *before, last = [self.show(item) for item in items] or [""]
        return self.formats.and_.join([self.formats.comma.join(before), last]) if before else last

    def word(self, group: str, key: str) -> str:
        """The label of a choice; a choice of several words ("first person") may be typed with blanks."""
        labels = _found(self.words, group, "words")
        return _found(labels, key.replace(" ", "_"), f"words.{group}")

    def told(self, what: Told | str, values: Mapping[str, object] | Iterable[tuple[str, object]] | None = None) -> str:
        """The sentence of a reason, or of a key and its figures, with the figures as the language writes them."""
        key = what if isinstance(what, str) else what.key
        figures = values if values is not None else {} if isinstance(what, str) else what.values
        shown = {name: self._figure(figure) for name, figure in dict(figures).items()}
        return _found(self.sentences, key, "reasons").format(**shown)

    def _figure(self, value: object) -> str:
        return self.number(value) if isinstance(value, Decimal) else self.show(value)

    def answer(self, answer: bool | None) -> str:
        """Yes, no, or that it is not known and to be asked."""
        return self.word("answer", {True: "yes", False: "no", None: "unknown"}[answer])

    def in_words(self, value: Money | int) -> str:
        """An amount in words for the minutes; a bare number stands alone."""
        say = NUMBER_WORDS[self.code]
        if not isinstance(value, Money):
            return say(value)
        whole, part = divmod(_units(value), hundred := 10 ** CURRENCIES[value.currency])
        patterns = self.formats.patterns
        nouns = self.currencies.get(value.currency)
        if nouns:
            said = f"{say(whole, before_noun=True)} {nouns['whole'][self.formats.form(whole)]}"
            if not part:
                return said
            said_part = f"{say(part, before_noun=True)} {nouns['part'][self.formats.form(part)]}"
            return patterns["whole_and_part"].format(whole=said, part=said_part)
        pattern = patterns["unnamed_and_part" if part else "unnamed"]
        number = say(whole, before_noun=True)
        return pattern.format(number=number, part=part, hundred=hundred, currency=value.currency)

    def show(self, value: object) -> str:
        """Any value a template may print; what has more than one reading is refused.

        A yes or no needs its label, a bare Decimal is a percentage, a rate or a sum without currency.
        """
        if isinstance(value, Spoken):
            return value.in_language(self.code)
        if isinstance(value, str):
            return value
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.day(value)
        raise TypeError(f"no plain way to print {type(value).__name__}: {value!r}")

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        """What a template may write after a bar; `word` takes the value first: `{{ segment | word("segment") }}`."""
        return {
            "amount": self.amount,
            "answer": self.answer,
            "count": self.count,
            "day": self.day,
            "figure": figure,
            "exact": self.exact,
            "in_words": self.in_words,
            "joined": self.joined,
            "money": lambda value, currency=None: self.money(Money(value, currency) if currency else value),
            "month": self.month,
            "number": self.number,
            "percent": self.percent,
            "short": short,
            "short_day": self.short_day,
            "told": self.told,
            "weekday_day": self.weekday_day,
            "word": lambda key, group: self.word(group, key),
        }

    def _dated(self, pattern: str, day: date) -> str:
        formats = self.formats
        return formats.patterns[pattern].format(
            day=day.day,
            month=formats.months[day.month - 1],
            short_month=formats.short_months[day.month - 1],
            month_number=day.month,
            year=day.year,
            weekday=formats.weekdays[day.weekday()],
        )

    def _sign(self, number: int | Decimal) -> str:
        return self.formats.minus if number < 0 else ""

    def _digits(self, number: Decimal) -> str:
        """Digits with the signs of the language; the number is not negative."""
        whole, _, decimals = f"{number:f}".partition(".")
        if len(whole) >= self.formats.group_from:
            whole = f"{int(whole):,}".replace(",", self.formats.group)
        return f"{whole}{self.formats.decimal}{decimals}" if decimals else whole


def figure(value: Money | date) -> str:
    """The amount or day as a drawing reckons with it, in every language alike: digits and a point, or an ISO day."""
    if isinstance(value, date):
        return value.isoformat()
    money = value
    return f"{_whole_units(money):f}"


def short(text: str, width: int) -> str:
    """A text on one line of this width at most; what does not fit is left out, with a sign of it."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _whole_units(money: Money) -> Decimal:
    """The amount with the decimals of its currency; formatting never rounds."""
    rounded = money.rounded().amount
    if rounded != money.amount:
        raise ValueError(f"{money} is finer than {money.unit} {money.currency}: round it before it is printed")
    return rounded


def _units(money: Money) -> int:
    """How many smallest units the amount is."""
    if money.amount < 0:
        raise ValueError(f"an amount in words is owed, not {money}")
    return int(f"{_whole_units(money):f}".replace(".", ""))


def _found(table: Mapping[str, _Value], key: str, name: str) -> _Value:
    try:
        return table[key]
    except KeyError:
        near = get_close_matches(key, table, n=3) or list(table)[:_SHOWN_KEYS]
        raise LookupError(f"{name} has no {key!r}; there is {', '.join(near)}") from None


def _nouns_of_currencies(tree: object, forms: set[str]) -> dict[str, Mapping[str, Table]]:
    nouns = {}
    for code, entry in _tree(tree, "currencies").items():
        if code not in CURRENCIES:
            raise ValueError(f"currencies.{code} is no currency that is paid in")
        tables = _tables(entry, f"currencies.{code}", forms)
        _expect(tables, {"whole", "part"} if CURRENCIES[code] else {"whole"}, f"currencies.{code}")
        nouns[code] = tables
    return nouns


def _expect(tree: Tree, keys: set[str], name: str) -> None:
    if missing := sorted(keys - tree.keys()):
        raise ValueError(f"{name} has no {', '.join(missing)}")
    if unknown := sorted(tree.keys() - keys):
        raise ValueError(f"{name} knows no {', '.join(unknown)}")


def _tree(value: object, name: str) -> Tree:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is {value!r}, expected keys with a value each")  # noqa: TRY004 - wrong data
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is {value!r}, expected a text")
    return value


def _table(value: object, name: str) -> dict[str, str]:
    return {key: _text(text, f"{name}.{key}") for key, text in _tree(value, name).items()}


def _tables(value: object, name: str, keys: set[str] | None = None) -> Mapping[str, Table]:
    """Tables of texts by name, each with exactly these keys when they are given."""
    tables = {key: _table(table, f"{name}.{key}") for key, table in _tree(value, name).items()}
    for key, table in tables.items():
        if keys is not None:
            _expect(table, keys, f"{name}.{key}")
    return MappingProxyType({key: MappingProxyType(table) for key, table in tables.items()})


def _list(tree: Tree, key: str) -> tuple[str, ...]:
    value = tree[key]
    if not isinstance(value, list) or len(value) != _LISTS[key]:
        raise ValueError(f"formats.{key} is {value!r}, expected a list of {_LISTS[key]} names")
    return tuple(_text(name, f"formats.{key}") for name in value)


def _rule(text: str, form: str) -> re.Pattern[str]:
    """A pattern for the digits of a number, so plain that no number takes long to be matched."""
    try:
        rule = re.compile(text)
    except re.error as wrong:
        raise ValueError(f"formats.plural.{form} is {text!r}: {wrong}") from None
    if len(text) > _LONGEST_RULE or len(_REPEATED.findall(text)) > _MOST_REPEATED or _REPEATED_GROUP.search(text):
        raise ValueError(
            f"formats.plural.{form} is {text!r}: it repeats too much; name the digits one by one, like [2-4]"
        )
    return rule


def _pattern(value: object, name: str, fields: set[str]) -> str:
    text = _text(value, name)
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise ValueError(f"{name} is {text!r}: {error}") from None
    if strange := [field for _, field, size, turned in parts if size not in {"", "02"} or turned]:
        raise ValueError(f"{name} shows {{{strange[0]}}} in a way of its own; there are {{name}} and {{name:02}}")
    used = {str(field) for _, field, _, _ in parts}
    if unknown := sorted(used - fields):
        raise ValueError(f"{name} knows no {{{unknown[0]}}}, only {', '.join(sorted(fields))}")
    return text
