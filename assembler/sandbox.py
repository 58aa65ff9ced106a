"""The sandbox in which tags are carried out: data stays text, whatever a template says.

Jinja's own sandbox without what could turn data into markup or keep the program busy
for good, and with the little that speeches need.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from assembler.wordml import value_markup

_SEPARATORS = ("\n", "；", ";", "、")
# Every text is escaped where it is written, never by a template, and none is ever
# declared to be markup.
_ESCAPING_FILTERS = ("e", "escape", "forceescape")
_UNSAFE_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "pprint")
ITEMS = "_items"
_MOST_TIMES = 10_000
# XML text can hold no such character.
_QUOTE = "\0"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The sandbox, made once."""
    made = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_finalize
    )
    made.intercepted_binops = frozenset({"**", "*"})
    made.binop_table |= {"**": _refuse_power, "*": _product}
    del made.globals["lipsum"]
    for name in _UNSAFE_FILTERS:
        del made.filters[name]
    made.filters |= dict.fromkeys(_ESCAPING_FILTERS, str)
    made.filters |= {"default": _default, "d": _default, ITEMS: _items}
    made.tests |= {"defined": _has_text, "undefined": _lacks_text}
    return made


def _refuse_power(*_: object) -> None:
    # 9**9**9 would keep the program busy for good.
    message = "标签里不能用乘方"
    raise ValueError(message)


def _product(left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja hands over anything
    """A product; of a text or list only one that fits in memory."""
    times = [n for n in (left, right) if isinstance(n, int)]
    if len(times) == 1 and times[0] > _MOST_TIMES:
        message = "标签里重复的次数太多"
        raise ValueError(message)
    return left * right


def _has_text(value: object) -> bool:
    return not isinstance(value, Undefined) and value != ""


def _lacks_text(value: object) -> bool:
    return not _has_text(value)


def _default(value: object, text: object = "", _: object = None) -> object:
    """A value, or this text where the row has none."""
    return value if _has_text(value) else text


def _items(value: object) -> object:
    """What ``for`` goes over: the items of a text, anything else as it is."""
    return list(value) if isinstance(value, str) else value


def _finalize(value: Any) -> Any:  # noqa: ANN401 - Jinja hands over anything
    """Write plain text as WordprocessingML; markup of ours stays as it is."""
    if isinstance(value, Markup):
        return value
    # A quote would end the attribute that docxtpl's cellbg writes; that of a break's
    # markup would not.
    markup = value_markup(str(value).replace('"', _QUOTE), "w")
    return Markup(markup.replace(_QUOTE, "&quot;"))  # noqa: S704 - escaped above


class FieldText(str):
    """A field's text in a tag: ``for`` goes over its items, not its letters.

    Items are lines; in a text of one line they are parted by ；, or else by 、.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """The items, without blank ones."""
        separator = next((s for s in _SEPARATORS if s in str(self)), "\n")
        parts = (part.strip() for part in self.split(separator))
        return iter([part for part in parts if part])
