"""Names of persons: by their post, by what they do, by the label before them."""

import re

from assembler.context import kind_from_context
from assembler.figures import Kind
from assembler.naming_nouns import phrase
from assembler.naming_proposals import Past, Proposal
from assembler.naming_text import WIDE_SPACE, Site
from assembler.naming_words import MASK, POST_WORDS

_HEAD = 5
_CONTEXT_REACH = 12
_SHORT = 10
_LONGEST_POST = 8
_NOT_YET = re.compile("待(?:补|定|核|查|填|确认|报)")
_GENERIC_HINTS = re.compile("数额|金额|数量|数字|数据|人数|户数|比例|数值|数")
_NAME_WORDS = (
    (re.compile("(?:日期|时间|时限|期限)$"), Kind.TEXT),
    (re.compile("(?:地区|[区县市镇乡村]{1,2}名称?|地名|县区|区县|地点)$"), Kind.PLACE),
    (re.compile("(?:部门|单位|公司|集团|局|委|政府|机构|企业)(?:名称?)?$"), Kind.BODY),
    (re.compile(f"(?:姓名|{POST_WORDS})$"), Kind.PERSON),
)
_LABEL = re.compile(f"(?:^|[，。；：（{WIDE_SPACE}{MASK}])(?P<label>[一-龥]{{2,8}})：$")
_LABEL_END = re.compile(f"[，。；{WIDE_SPACE}（{MASK}]|$|[一-龥]{{2,8}}：")
_POST = re.compile(POST_WORDS)
_POST_AT_END = re.compile(f"{POST_WORDS}$")
_POST_TAIL = re.compile("(?:会|处|院|室|团|们|办|大会|的|性)")
_OFFICE_PLACE = re.compile(
    "^(?:受|由|请|向|跟|随|陪同)?(?:中共)?(?:[一-龥]{2,3}(?=[县区市]委))?"
)
_DEPUTY = re.compile("[大党法人]代表$")
_WORDS_EDGE = re.compile(f"[，。；：、“”（）{MASK}{WIDE_SPACE}]")
_ROLES = tuple(
    (re.compile(verb), role)
    for verb, role in (
        ("牵头", "牵头领导"),
        ("分管", "分管领导"),
        ("包[抓保联]", "包抓领导"),
        ("挂帅", "挂帅领导"),
        ("主持", "主持人"),
        ("讲话|讲几句|作指示", "讲话人"),
        ("通报", "通报人"),
        ("发言|代表", "发言人"),
        ("汇报", "汇报人"),
        ("宣读", "宣读人"),
        ("传达", "传达人"),
        ("介绍", "介绍人"),
        ("负责", "负责人"),
        ("任", "任职同志姓名"),
        ("调研|考察|视察", "调研领导"),
    )
)
_ROLE_REACH = 12
_COMRADE = re.compile("(?:两位|等)?同志(?P<rest>[^。；]*)")
_SALUTED = re.compile("：(?:同志|各位|好|尊敬|大家)")
_PERSONS = re.compile(
    rf"(?:[、，][一-龥]?{MASK})*(?:等)?(?:(?:[一二两三四五六七八九十几多]|{MASK})[位名])?"
    "(?P<who>同志|领导|先生|女士|代表(?![团处会作])|委员)"
)
_VISIT = re.compile(f"(?:到|赴){MASK}(?P<deed>调研|考察|视察|督导|检查|走访|任职)")
_WILL_SPEAK = re.compile("(?:还要|将要?|要)?(?:作(?:重要)?)?讲话")
_APPOINTED = re.compile("(?:同志)?任(?P<post>副?组长|副?总指挥|副?主任|副?指挥长)")


def name_bracket(site: Site, past: Past) -> Proposal | None:
    """Keep the words inside brackets and tags; a post goes with the person before."""
    name = site.blank.name
    if not name:
        return _not_yet(site)
    if site.blank.notation == "hint" and _GENERIC_HINTS.fullmatch(name):
        return None
    last = past.last()
    if last and site.at == last[0].at + 1 and last[1].kind is Kind.PERSON:
        return Proposal(last[1].stem, name)
    kind, unit = kind_from_context(site.view.before[-_CONTEXT_REACH:], site.view.after)
    return Proposal(name, "", _kind_of(name) if unit is None else kind, unit)


def _not_yet(site: Site) -> Proposal | None:
    """办理时限（待定）: the noun before it is the name."""
    if site.view.unit or not _NOT_YET.search(site.blank.mask):
        return None
    noun = phrase(site.view.lead or site.view.clause).words
    before = re.sub("：$", "", site.view.before)
    noun = noun or phrase(_WORDS_EDGE.split(before)[-1]).words
    return Proposal(noun) if noun else None


def _kind_of(name: str) -> Kind:
    return next((kind for end, kind in _NAME_WORDS if end.search(name)), Kind.TEXT)


def name_label(site: Site, _past: Past) -> Proposal | None:
    """姓名：____, 联系电话：____: the label is the name."""
    match = _LABEL.search(site.view.before)
    if match is None or site.view.unit or not _LABEL_END.match(site.view.after):
        return None
    label = match["label"]
    if _POST_AT_END.search(label):
        return Proposal(label, "姓名", Kind.PERSON)
    is_name = label.endswith("姓名")
    return Proposal(label, "", Kind.PERSON if is_name else Kind.TEXT)


def name_opening(site: Site, past: Past) -> Proposal | None:
    """The line under the date: X　X is the speaker's post and name."""
    words = site.text[:_SHORT].replace(WIDE_SPACE, "")
    if site.paragraph >= _HEAD or words != MASK * 2 or len(site.text) >= _SHORT:
        return None
    if site.number == 1:
        return Proposal("讲话人", "职务")
    return Proposal("讲话人", "", Kind.PERSON) if past.named else None


def name_person(site: Site, past: Past) -> Proposal | None:
    """Name the blank in X同志牵头, 区长X, X副县长, 由X主持."""
    for rule in (_comrade, _before_post, _behind_post, _next, _saluting, _several):
        if found := rule(site, past):
            return found
    return _acting(site)


def _person(stem: str, suffix: str = "姓名") -> Proposal:
    return Proposal(stem, suffix, Kind.PERSON)


def _comrade(site: Site, _past: Past) -> Proposal | None:
    match = _COMRADE.match(site.view.after)
    if match is None:
        return None
    if post := _post_before(site):
        return _person(post)
    role = _role(match["rest"][:_ROLE_REACH])
    return _person(role, "") if role else _person("")


def _role(words: str) -> str:
    """What a person is called by the first thing the words say they do; or empty."""
    found = [(m.start(), role) for verb, role in _ROLES if (m := verb.search(words))]
    return min(found)[1] if found else ""


def _post_before(site: Site) -> str:
    words = _WORDS_EDGE.split(site.view.before)[-1]
    match = _POST_AT_END.search(words)
    if match is None or (match[0] == "代表" and not _DEPUTY.search(words)):
        return ""
    whole = _OFFICE_PLACE.sub(
        "", phrase(re.split("[、由请]", site.view.lead)[-1]).words, count=1
    )
    fits = match[0] in whole and len(whole) <= _LONGEST_POST
    return whole if fits else match[0]


def _before_post(site: Site, _past: Past) -> Proposal | None:
    match = _POST.match(site.view.after)
    if match is None or _POST_TAIL.match(site.view.after[match.end() :]):
        return None
    return _person(match[0])


def _behind_post(site: Site, _past: Past) -> Proposal | None:
    post = _post_before(site)
    return _person(post) if post and not site.view.unit else None


def _next(site: Site, past: Past) -> Proposal | None:
    """区委常委XX、XX出席: the second has the post of the first."""
    last = past.last()
    if last is None or last[1].suffix != "姓名" or not last[1].stem:
        return None
    joined = site.text[last[0].at + 1 : site.at] in ("、", "和")
    return _person(last[1].stem) if joined and not site.view.unit else None


def _saluting(site: Site, _past: Past) -> Proposal | None:
    """X：同志们，现在开会."""
    if site.view.before or not _SALUTED.match(site.view.after):
        return None
    return _person("主持人")


def _several(site: Site, _past: Past) -> Proposal | None:
    """X、X两位同志, X、X等领导."""
    match = _PERSONS.match(site.view.after)
    if match is None:
        return None
    return _person("" if match["who"] == "同志" else match["who"])


def _acting(site: Site) -> Proposal | None:
    """听说X到X调研, 由X主持, X任组长."""
    after, before = site.view.after, site.view.before
    if visit := _VISIT.match(after):
        return _person(f"{visit['deed']}领导")
    if _WILL_SPEAK.match(after):
        return _person("讲话人")
    if re.search("[由请]$", before) and after.startswith("主持"):
        return _person("主持人")
    if before.endswith("我是"):
        return _person("发言人")
    appointed = _APPOINTED.match(after)
    return _person(appointed["post"]) if appointed else None
