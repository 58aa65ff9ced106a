"""Names of places, bodies and things: by the word behind, the quotes, the frame."""

import re
from dataclasses import dataclass

from assembler.figures import Kind
from assembler.naming_nouns import is_deed, leading_deed, leading_noun, phrase
from assembler.naming_proposals import Past, Proposal
from assembler.naming_text import Site
from assembler.naming_words import (
    BODY_WORDS,
    GROUP_WORDS,
    MASK,
    PLACE_WORDS,
    THING_WORDS,
)

# Signs that begin no name: 是重点工程.
_FUNCTION_SIGNS = "是在为有的了要就把被对等和与及或从向由也都还将能可最不没未这那点个"
_LISTED = re.compile(
    rf"”?(?:、“?{MASK}”?)+(?:等)?(?:[一二两三四五六七八九十]?[个家位名])?|等(?=[一-龥])"
)
_COUNTED = re.compile("”?等?[一二两三四五六七八九十][个家位名]")
_PLACE = re.compile(PLACE_WORDS)
_BODY = re.compile(BODY_WORDS)
# 实验小学, 国际物流港: up to three letters of the name before the word that ends it.
_LONG_BODY = re.compile(
    rf"(?![{_FUNCTION_SIGNS}])(?:(?!的)[一-龥]){{1,3}}?(?:(?=[一-龥]{{2}}){GROUP_WORDS}|{THING_WORDS})(?![的了])"
)
_THING = re.compile(THING_WORDS)
_GENERAL = ("单位", "部门", "企业", "队伍")
_BODY_ROLES = ("牵头", "配合", "协助", "承办", "主办", "协办", "承建")
_RESPONSIBLE = re.compile("具体负责|负责$")
_ROLE_REACH = 14
_QUOTED = re.compile("(?P<noun>[一-龥]{0,6})”(?P<behind>[一-龥]*)")
_LONGEST_NOUN = 6
_QUOTE_OPEN = re.compile("“[^”]{0,6}$")
_QUOTED_NOUN = re.compile(rf"[一-龥]{{0,4}}?{THING_WORDS}|{GROUP_WORDS}|{PLACE_WORDS}")
_PAPER = re.compile("[一-龥]{0,5}〔")
_PAPER_BEFORE = re.compile("〕第?$")
_JOINED = re.compile(
    rf"(?:[、和与]{MASK})*(?:等(?:单位|部门)?)?(?:联合|共同|抽调人员)?"
    "组成(?P<what>[一-龥]{2,12})"
)
_BY = re.compile(rf"由(?:{MASK}[^，。；]{{0,6}}[、和与])*$")
_TOPIC = re.compile("(?:涉及|凡是?|对于?|属于)(?P<of>[一-龥]{2,10})的，由$")
_HANDLED = re.compile("(?P<verb>完成|办好|抓好|推进|落实|解决|办理|做好)[了好]?$")
_END = re.compile("[，。；]|$")


def name_document_number(site: Site, _past: Past) -> Proposal | None:
    """×府办〔20××〕×号: whose number, and which."""
    if _PAPER.match(site.view.after):
        return Proposal("发文机关代字")
    if _PAPER_BEFORE.search(site.view.before) and site.view.after.startswith("号"):
        return Proposal("发文序号")
    return None


def name_place(site: Site, _past: Past) -> Proposal | None:
    """X县, X局牵头, X公司, X大桥: the word on the right says what has the name."""
    words = site.view.after
    listed = _LISTED.match(words) or _last_of_list(site)
    if listed:
        words = words[listed.end() :]
    found = [m[0] for m in (_PLACE.match(words), _BODY.match(words)) if m]
    if not found and not listed and (long := _LONG_BODY.match(words)):
        found = [long[0]]
    if not found:
        return None
    word = max(found, key=len)
    kind = _kind_of(word)
    role = _role(words[len(word) :]) if kind is Kind.BODY else ""
    ending = "名称" if kind is Kind.TEXT or word in _GENERAL else "名"
    return Proposal(role + word, ending, kind)


def _last_of_list(site: Site) -> re.Match[str] | None:
    """The count behind the last of a list: XX、XX两家企业."""
    if not re.search(f"{MASK}”?[、和]“?$", site.view.before):
        return None
    return _COUNTED.match(site.view.after)


def _kind_of(word: str) -> Kind:
    if _THING.search(word):
        return Kind.TEXT
    return Kind.PLACE if _PLACE.fullmatch(word) else Kind.BODY


def _role(words: str) -> str:
    clause = re.split("[，。；]", words)[0][:_ROLE_REACH]
    for role in _BODY_ROLES:
        if role in clause:
            return role
    return "负责" if _RESPONSIBLE.search(clause) else ""


def name_quoted(site: Site, _past: Past) -> Proposal | None:
    """按“X”标准: what is in quotes has the name of the noun behind."""
    inside = _QUOTED.match(site.view.after)
    if inside is None or not _QUOTE_OPEN.search(site.view.before):
        return None
    if len(inside["noun"]) > 1:
        return Proposal(inside["noun"], "名称")
    if inside["noun"]:
        return None
    behind = phrase(inside["behind"]).words
    known = _QUOTED_NOUN.match(behind)
    whole = behind if behind == inside["behind"] == leading_noun(behind) else ""
    if known:
        return Proposal(known[0], "名称")
    return Proposal(whole, "名称") if 1 < len(whole) <= _LONGEST_NOUN else None


def name_thing(site: Site, past: Past) -> Proposal | None:
    """What no word beside it names: named from the verb and the frame around."""
    for frame in _FRAMES:
        if found := frame.fit(site):
            return found
    for rule in (_handled, _charged):
        if found := rule(site, past):
            return found
    return None


def _handled(site: Site, _past: Past) -> Proposal | None:
    """抓紧完成X，确保…: a matter to be settled."""
    match = _HANDLED.search(site.view.before)
    if match is None or not _END.match(site.view.after):
        return None
    return Proposal(match["verb"], "事项")


def _charged(site: Site, _past: Past) -> Proposal | None:
    """由X、X组成专班; 涉及…的，由X拿出时间表; 由X牵头."""
    if not _BY.search(site.view.clause):
        return None
    if joined := _JOINED.match(site.view.after):
        return Proposal(phrase(joined["what"]).words, "单位", Kind.BODY)
    if topic := _TOPIC.search(site.view.sentence):
        return Proposal(topic["of"], "单位", Kind.BODY)
    deed = leading_deed(site.view.after)
    return Proposal(deed, "单位", Kind.BODY) if is_deed(deed) else None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Words on both sides that tell what a blank is.

    Attributes:
        before: what the words before it end with.
        after: what the words behind it begin with; a group ``noun`` goes into the name.
        name: the name, ``{}`` in the place of that noun.
        kind: the kind of its values.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    name: str
    kind: Kind = Kind.TEXT

    def fit(self, site: Site) -> Proposal | None:
        """The name, if both sides fit."""
        behind = self.after.match(site.view.after)
        if behind is None or not self.before.search(site.view.before):
            return None
        noun = behind.groupdict().get("noun") or ""
        return Proposal(self.name.format(noun), "", self.kind)


_VISITS = "调研|考察|视察|督导|检查|走访|任职"
_FRAMES = tuple(
    _Frame(re.compile(before), re.compile(after), name, kind)
    for before, after, name, kind in (
        (
            "",
            "给[^，。]{2,12}(?:带来|造成)[^，。]{0,6}(?P<noun>冲击|影响|困难|压力|挑战)",
            "{}因素",
            Kind.TEXT,
        ),
        ("受[到了]?$", "(?:等?因素)?的?(?P<noun>影响|冲击|制约)", "{}因素", Kind.TEXT),
        (
            "(?:以|、)$",
            "为(?P<noun>统领|引领|主线|抓手|样板|龙头|载体|契机|核心|主题|支撑|依托|骨干|配套)",
            "{}内容",
            Kind.TEXT,
        ),
        (
            "把$",
            "(?:作为|当作|当成)(?P<noun>[一-龥]{2,4}?(?:工程|任务|大事)?)(?:来抓|，|。)",
            "{}",
            Kind.TEXT,
        ),
        (
            "关于$",
            "的(?P<noun>决定|意见|通知|决议|报告|请示|批复|方案)",
            "{}事项",
            Kind.TEXT,
        ),
        ("代表$", "(?:[向作对，]|表态|发言|汇报)", "代表单位", Kind.TEXT),
        ("(?:服务|融入|围绕)$", "(?:工作|发展)?大局", "本地名称", Kind.PLACE),
        ("", "(?:人民(?!政府)|大地|儿女|干部群众|经济社会)", "本地名称", Kind.PLACE),
        ("不再担任$", "职务", "职务", Kind.TEXT),
        (f"{MASK}[到赴]$", f"(?P<noun>{_VISITS})", "{}地点", Kind.TEXT),
        (
            f"[赴到](?:{MASK}、)*$",
            f"(?:、{MASK})*等地(?P<noun>[一-龥]{{2}})",
            "{}地点",
            Kind.TEXT,
        ),
        (
            "第$",
            "次(?P<noun>党代会|全会|会议|代表大会|常委会|常务会)",
            "{}次数",
            Kind.TEXT,
        ),
        (
            "第$",
            "(?P<noun>督[查导]组|巡[察视]组|检查组|工作组|小组)",
            "{}序号",
            Kind.TEXT,
        ),
        ("(?:星期|周)$", "[）)，。、]|$", "星期", Kind.TEXT),
        ("第$", "(?P<noun>届|批|期)", "{}次", Kind.TEXT),
        (
            "(?:开展|组织|推进|实施)了?$",
            "(?P<noun>(?:专项)?(?:整治|治理|检查|排查|督查|攻坚|建设|改造))",
            "{}名称",
            Kind.TEXT,
        ),
        ("“$", "五”(?P<noun>规划)", "{}序号", Kind.TEXT),
        ("", "[#号](?P<noun>楼|文件|院|线)", "{}号", Kind.TEXT),
        ("", "(?:具体)?负责(?!人|同志)", "负责单位或负责人", Kind.TEXT),
        ("", "(?P<noun>牵头|配合|协助)", "{}单位", Kind.BODY),
    )
)
