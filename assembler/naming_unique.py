"""One field for one thing: which places share a name, how namesakes are told apart.

A thing named twice is one field only where the words say so (这X个项目, X个子项目中,
the same words in brackets). Other namesakes get the words that tell them apart (主语,
地方, 话题, 时间) before their names, and where no words do, a number and a doubt for a
person to decide.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assembler.figures import Kind
from assembler.names import LONGEST_NAME, is_valid
from assembler.naming_nouns import clean, phrase, time_words
from assembler.naming_proposals import Proposal
from assembler.naming_text import Site
from assembler.naming_words import MASK

Entry = tuple[Site, Proposal]
_NUMERALS = "一二三四五六七八九十"
# Room for a number behind a name.
_ROOM = 4
# How many fields back a definite noun may point.
_FAR = 60
_OWN_PLACE = "本地名称"
_UNTOLD = frozenset({Kind.MONTH, Kind.YEAR, Kind.DATE})
_AREA = re.compile(
    "(?:^|[，。；：])(?P<area>[一-龥]{1,6}?"
    "(?:片区|园区|新区|开发区|社区|街道|公司|集团|[镇乡村局片]))"
)
_HELD = re.compile(
    "(?:开展|进行|组织好?|举行)(?:现场|集中|专项)?(?P<what>[一-龥]{2,4}?)(?:[，。；]|$)"
)
_NO_TOPIC = re.compile("对照|按照?|根据|依据|围绕|其中")
_CLAUSE_SIGN = re.compile("了(?!解)|[把](?![关握手])|[吗呢吧我你他她它这那哪]")
# 应完工未完工的项目 is named 应完工未完工项目; 目的 and 标的 are words.
_OF = re.compile("(?<![目标])的(?![确士话])")
_IN_LIST = re.compile("[%‰一-龥]{0,4}[”]?[、，和与及/][“一-龥]{0,2}")
_LIST_STEP = 12
_LONGEST_TOPIC = 8


@dataclass(slots=True)
class Settled:
    """The name of one place, whether an earlier place has it, what is doubtful."""

    name: str
    same: bool = False
    doubts: list[str] = field(default_factory=list)


def settled(entries: Sequence[Entry]) -> list[Settled]:
    """A name for each place, the same one only for the same thing.

    Args:
        entries: the blanks of a text in reading order, each with what its namer said.
    """
    answers = [Settled(_first_name(*entry)) for entry in entries]
    aliases = dict(_aliases(entries, answers))
    taken = {answer.name for answer in answers}
    for group in _namesakes(answers, aliases):
        _tell_apart(group, entries, answers, taken)
    for group in _namesakes(answers, aliases):
        _number(group, entries, answers, taken)
    for place, earlier in aliases.items():
        answers[place] = Settled(answers[earlier].name, same=True)
    return answers


def _first_name(site: Site, proposal: Proposal) -> str:
    words = proposal.name
    if site.blank.name is None:
        words = _OF.sub("", words)
    name = clean(words, LONGEST_NAME - _ROOM)
    if len(name) > 1 and is_valid(name) and not _is_clause(site, name):
        return name
    return f"第{site.paragraph + 1}段空白{site.number}"


def _is_clause(site: Site, name: str) -> bool:
    """Whether a name taken from the words is rather a piece of a sentence."""
    return site.blank.name is None and _CLAUSE_SIGN.search(name) is not None


def _aliases(
    entries: Sequence[Entry], answers: Sequence[Settled]
) -> Iterator[tuple[int, int]]:
    """Places whose words say that an earlier place named the thing, with that place."""
    alike: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    once: dict[str, int] = {}
    for place, (site, proposal) in enumerate(entries):
        name = answers[place].name
        if site.blank.name is not None or name == _OWN_PLACE:
            if once.setdefault(name, place) != place:
                yield place, once[name]
            continue
        candidates = alike[proposal.unit, proposal.suffix]
        earlier = _antecedent(proposal, entries, candidates[-_FAR:])
        if earlier is not None:
            yield place, earlier
        else:
            candidates.append(place)


def _antecedent(
    proposal: Proposal, entries: Sequence[Entry], places: Sequence[int]
) -> int | None:
    """The nearest earlier place of the noun itself, else of one that ends in it."""
    if not proposal.definite:
        return None
    stems = [(place, entries[place][1].stem) for place in reversed(places)]
    same = [place for place, stem in stems if stem == proposal.stem]
    longer = [place for place, stem in stems if stem.endswith(proposal.stem)]
    return next(iter([*same, *longer]), None)


def _namesakes(answers: Sequence[Settled], aliases: dict[int, int]) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, answer in enumerate(answers):
        if place not in aliases:
            groups[answer.name].append(place)
    return [group for group in groups.values() if len(group) > 1]


def _tell_apart(
    group: Sequence[int],
    entries: Sequence[Entry],
    answers: Sequence[Settled],
    taken: set[str],
) -> None:
    """Put before each namesake the words that tell it from the others, if any do."""
    kind = entries[group[0]][1].kind
    first_proposal = entries[group[0]][1]
    if kind.is_text or kind in _UNTOLD or first_proposal.unit in ("日", "号"):
        return
    apart = entries[group[0]][0].paragraph != entries[group[1]][0].paragraph
    for tell in _TELLS:
        words = [tell(*entries[place]) for place in group]
        if apart:
            words[0] = ""
        elif tell is _head_noun and not words[0]:
            continue
        names = _told(words, answers[group[0]].name)
        if names and not taken.intersection(names[1:]):
            for name, place in zip(names, group, strict=True):
                answers[place].name = name
            taken.update(names)
            return


def _told(words: Sequence[str], name: str) -> list[str]:
    """The names with each its word before it; none unless all are told apart.

    The first may do without a word.
    """
    if not all(words[1:]) or any(word and word in name for word in words):
        return []
    names = [clean(word + name, LONGEST_NAME - _ROOM) for word in words]
    different = len(set(names)) == len(names)
    return names if different and all(map(is_valid, names)) else []


def _subject(_site: Site, proposal: Proposal) -> str:
    return proposal.subject


def _area(site: Site, _proposal: Proposal) -> str:
    match = _AREA.search(site.view.sentence)
    return match["area"] if match else ""


def _topic(site: Site, _proposal: Proposal) -> str:
    """What the sentence is about: 下一轮现场拉练，…; 对X个项目开展现场拉练，…."""
    sentence = site.view.sentence
    if held := _HELD.search(sentence):
        return held["what"]
    head = re.split("[，：]", sentence)[0]
    if head == sentence or re.search(f"[0-9{MASK}]", head) or _NO_TOPIC.match(head):
        return ""
    found = phrase(head)
    return found.noun if 1 < len(found.words) <= _LONGEST_TOPIC else ""


def _time(site: Site, _proposal: Proposal) -> str:
    return next(reversed(time_words(site.view.period)), "")


def _head_noun(site: Site, _proposal: Proposal) -> str:
    """The noun that the sentence's first figure is of."""
    head = site.view.sentence.split(MASK)[0]
    if head == site.view.sentence:
        return ""
    noun = phrase(re.split("[，：]", head)[-1]).noun
    return noun if len(noun) > 1 else ""


_TELLS: tuple[Callable[[Site, Proposal], str], ...] = (
    _subject,
    _area,
    _topic,
    _time,
    _head_noun,
)


def _is_next(site: Site, other: Site) -> bool:
    """Whether two stand in one list: 区委常委XX、XX, X局、X局和X局."""
    if site.paragraph != other.paragraph or other.at - site.at > _LIST_STEP:
        return False
    between = site.text[site.at + 1 : other.at]
    return bool(_IN_LIST.fullmatch(between))


def _number(
    group: Sequence[int],
    entries: Sequence[Entry],
    answers: Sequence[Settled],
    taken: set[str],
) -> None:
    """Number the namesakes that no words tell apart, and say so."""
    name = answers[group[0]].name
    listed = all(_is_next(entries[a][0], entries[b][0]) for a, b in pairwise(group))
    doubt = (
        f"“{name}”有{len(group)}处，看不出是不是同一个，先分成{len(group)}个字段；"
        "如果是同一个，把它们改成同一个名称"
    )
    for number, place in enumerate(group, 1):
        fresh = _numbered(name, number, taken)
        taken.add(fresh)
        answers[place].name = fresh
        if not listed:
            answers[place].doubts.append(doubt)


def _numbered(name: str, number: int, taken: set[str]) -> str:
    mark = _NUMERALS[number - 1] if number <= len(_NUMERALS) else f"_{number}"
    fresh = name + mark
    while fresh in taken or not is_valid(fresh):
        number += 1
        fresh = f"{name}_{number}"
    return fresh
