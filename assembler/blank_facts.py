"""What masks do not show: values that were stripped, and the model text's own facts.

A copied model text may have lost its masks (生产总值 亿元) and still holds places,
people, years and figures that belong to somebody else. Both are listed as doubts; no
rule here decides anything.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from assembler.blank_spots import Doubt, alternatives
from assembler.blank_words import SURNAMES, UNITS, words

_H = r"[\u4e00-\u9fff]"
_COUNTED = (
    "一二三四五六七八九十百千万亿零〇两半几数多余每上近超过逾破若各单整少哪这那某好"
)
_STOP = r"(?=[，。；、,;！]|$)"
_GAP = r"[ \u3000\xa0]"
_BIG = "亿元|万元|亿美元|万美元|亿千瓦时|万吨|万亩"
_WIDE = f"{_BIG}|万人|万户|人次|平方米|万平方米|平方公里|公里|个百分点"
_NOT_A_COUNT = "个(?![个别人体性中案把头子税股位例旧大小险])"
_AFTER_NOUN = rf"(?<={_H})(?<![{_COUNTED}])"
_DONE = alternatives(
    words(
        "共有 达到 完成 实施 开工 引进 建成 签约 办理 受理 办结 整改 发现 排查 涉及"
        " 覆盖 惠及 走访 举办 现有 拥有 其中 共"
    )
)
_JUST_NOW = "刚才|刚刚|随后|稍后|接着|一会儿|待会儿"
_SPOKE = (
    "作了|做了|宣读了|传达了|通报了|介绍了|汇报了|表了态|发了言|讲了话|发言|表态"
    "|宣读|传达|通报|讲话|作(?:讲话|报告|部署|发言|总结)"
)

_NO_FIGURE = "疑似缺数：这里的单位前面没有数字"
_FILL_FIGURE = "核对原文，把数补上，或写成 X 再装配"
_NO_SUBJECT = "疑似缺主语：没有写明是谁"
_FILL_SUBJECT = "核对原文，补上人名或单位，或写成 XX 再装配"

_FIGURE_GAPS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AFTER_NOUN}{_GAP}{{0,6}}[%％]",
        rf"{_AFTER_NOUN}(?<!单位){_GAP}{{1,6}}(?:{_WIDE})(?![级户村])",
        rf"{_AFTER_NOUN}(?:{_BIG})(?:{_STOP}|(?=同比|增长|下降|占|居))",
        rf"(?:(?<=、)|{_AFTER_NOUN}){_GAP}{{0,4}}个百分点",
        rf"第{_GAP}{{0,4}}[位名]{_STOP}",
        rf"(?:居|列|排名?)[^，。；、0-9]{{0,8}}第{_GAP}{{0,4}}(?:[位名]|{_STOP})",
        rf"(?<![等次门及落])第{_GAP}{{0,4}}(?:季度|届|批|次(?=全会|会议|党代会))",
        rf"(?:(?:^|(?<=[，。；：,;])){_GAP}{{0,4}}|(?<=、)){_NOT_A_COUNT}(?={_H})",
        rf"(?:^|(?<=[，。；：、,;])){_GAP}{{0,4}}(?<!单位：)(?:{_BIG})(?![A-Za-z级户村以增产]|工业)",
        rf"{_DONE}{_GAP}{{0,4}}(?:[个家户件宗起台套名亩]|公里|人次){_STOP}",
        rf"{_AFTER_NOUN}{_GAP}{{1,6}}(?:{_NOT_A_COUNT}|[家户件项名亩吨台]{_STOP})",
        rf"[0-9]{{4}}年{_GAP}{{0,4}}月(?!饼|度|嫂)|今年{_GAP}{{0,4}}月(?!饼|度|嫂)",
        rf"年{_GAP}{{1,4}}月|月{_GAP}{{1,4}}日|[0-9][—–\-~～]月|前{_GAP}{{1,4}}个月",
        rf"(?<![0-9])20{_GAP}{{2,8}}年",
        rf"(?<=[，；])同比(?:增长|下降|提高|减少|回落|上升|增加){_STOP}(?!、环)",
        rf"分别(?:为|达|达到|增长|下降|完成|提高){_STOP}",
        rf"占(?:总|全[部国省市县区年]|年度|同期|计划|应)[^，。；、0-9]{{0,10}}的{_STOP}",
        rf"占[^，。；、0-9]{{0,10}}(?:总[数量额]|计划|目标|任务|总投资)的{_STOP}",
        rf"(?:…+|——?){_GAP}?(?:{_WIDE}|[%％])",
    )
)
_SUBJECT_GAPS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_JUST_NOW})(?:，|(?=还?[将要]))(?:还?[将要]|已经?|又|分别)?(?:{_SPOKE})",
        r"(?<![理自缘事原因任])由(?:牵头|负责|主持|宣读|承建|承办)(?!单位|部门|领导|人|的)",
        r"(?<=[、由请])同志(?![们式间加之])(?=[，。；、作就对负牵主讲]|$)",
    )
)

_YEAR_DIGITS = "[〇○零一二三四五六七八九]"
_MONTH_DAY = r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
_YEAR = re.compile(
    rf"(?<![0-9.\-])(?:19|20)[0-9]{{2}}(?:[—–\-~至](?:19|20)[0-9]{{2}})?年{_MONTH_DAY}"
    rf"|[一二][〇○零九]{_YEAR_DIGITS}{{2}}年"
)
_DOCUMENT_NUMBER = re.compile(
    rf"{_H}{{1,8}}[〔\[（(【](?:19|20)[0-9]{{2}}[〕\]）)】][0-9]+号"
)
_MASKED_NUMBER = re.compile(
    r"(?<![0-9])[0-9]{2,14}[*＊]{2,14}[0-9]{0,14}|(?<![*＊])[*＊]{2,14}[0-9]{2,14}|(?<![0-9])1[0-9]{2}[Xx×]{4}[0-9]{4}"
)
_FIGURE = re.compile(
    rf"(?<![0-9A-Za-z.,\-+_/:ＸｘX*〔\[])[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?"
    rf"(?:[—–\-~～至][0-9]+(?:\.[0-9]+)?)?(?:月[0-9]{{1,2}}日|{alternatives(UNITS)})?"
    rf"(?![0-9A-Za-zＸｘ*_〕\]×])"
)
_FIXED_FIGURES = re.compile(
    r"24小时|8小时|365天|12[0-9]{3}|1[12][0-9]|12345|100[%％]|[0-9]{2}后"
)
_NUMBERING = re.compile(r"^\s*[（(]?[0-9]{1,2}[.．、）)]|[（(][0-9]{1,2}[）)]|“[0-9]+”")

_PROVINCES = words(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南"
    " 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆"
    " 香港 澳门"
)
_LEADS = (
    "在到至赴来从向对由与和及于是经往访市县区省州镇乡持动进助导扶强振造靠给帮抵离返驻我"
)
_NOT_IN_STEM = (
    "的了是和与及全各本我你他她它该此每某这那哪其之为以对由从被把让将要有等个们着过又也都很"
    "最更不没无所并或但而且则即若如到在来去省市县区镇乡村副一二两三四五六七八九十百几多数"
)
_STEM = rf"(?:(?![{_NOT_IN_STEM}]){_H})"
_PLACE = re.compile(
    rf"(?:(?<!{_H})|(?<=[{_LEADS}]))(?P<stem>{_STEM}{{2,3}}?)"
    r"(?P<kind>自治[州县]|街道|新区|开发区|高新区|经开区|[省市县区镇乡村])(?![场民长委级域])"
)
_COMMON_PLACES = words(
    "小区 城区 园区 社区 地区 景区 灾区 库区 辖区 片区 校区 厂区 山区 牧区 林区 矿区"
    " 港区 战区 特区 老区 禁区 误区 街区 湖区 郊区 农区 范区 验区 护区 能区 心区 税区"
    " 济区 业区 发区 宅区 城市 超市 都市 股市 上市 入市 集市 夜市 楼市 门市 城镇 集镇"
    " 重镇 古镇 小镇 名镇 强镇 强县 农村 山村 新村 驻村 然村 政村 心村 渔村 强村 外省"
    " 节省 反省 下乡 返乡 家乡 老乡 故乡 水乡 回乡 他乡 离乡 大市 大县 大省 强市 强省"
    " 强区"
)
_COMMON_STEMS = words(
    "高新 示范 保税 经开 工业 农业 产业 现代 文明 完成 代表 今年 去年 落实 主持 振兴"
    " 报考 带动 关于 参加 引进 先进 帮扶 目前 日前 根据 按照 组织 召开 开展 加强 提升"
    " 推进 推动 支持 建设 服务 管理 发展 实施 深入 全面 打造 走进 覆盖 涉及 位居 争创"
    " 创建 美丽 中心 重点 主要 相关 有关 部分 其他 其余 整个 原有 现有 所在 所属 同级"
    " 上级 下级 基层 周边 沿线 沿江 城中 田园 宜居 据说 点前 级示 报送 经过 通过 负责"
    " 具体 领导 表彰 撤并 合并 设立 划归"
)
_POSTS = words(
    "书记 市长 县长 区长 镇长 乡长 州长 局长 厅长 主任 部长 院长 校长 董事长 总经理"
    " 秘书长 常委 组长 处长 科长 队长 教授 院士 先生 女士 主席"
)
_POST = rf"(?:副?{alternatives(_POSTS)})"
_SURNAME = f"[{SURNAMES}]"
_NOT_IN_NAME = (
    "的了是和与及在对就作也都将要已同主讲强指率带出为任说们分负单位领导代表各有"
)
_NAME = rf"{_SURNAME}[^\W\d_a-zA-Z{_NOT_IN_NAME}]{{1,2}}"
_AFTER_NAME = "[，。；、在就对作的将到带主率强出指讲介通宣传说要还]|$"
_LEFT_EDGE = rf"(?:(?<!{_H})|(?<=[由请和与及]))"
_PERSONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_LEFT_EDGE}(?P<name>{_NAME})(?=同志(?!们)|{_POST}|、{_NAME}(?:同志|{_POST}))",
        rf"{_POST}(?P<name>{_NAME})(?=同志|[，。；、：！（(\s]|$|[在就对作的率主出为])",
        rf"(?:(?<=[由请谢])|(?<!{_H}))(?P<name>{_SURNAME}{_POST})(?={_AFTER_NAME})",
    )
)
_NOT_A_PERSON = re.compile(
    r".*[部局委办科处室组]$|^(?:康复|常委|党委|支部|班子|单位|方面|安全|基层|任|成员|应|时任|于|和|全|各|万|向|党员"
    r"|干部|双|高级|广大|古|空|党组|党内|农业|常务|宁|符合|金融|江河|经|边)"
)
_PROJECT_KIND = (
    "大桥|特大桥|水库|水电站|电站|隧道|产业园|科技园|工业园|高速公路|高速|快速路|水厂|机场"
    "|铁路|风电场|光伏电站|水利枢纽|迁建工程|改造工程|安置小区|整治工程|供水工程"
)
_NOT_IN_PROJECT = "的了从在由对到于是用座条两他她我就将把被为向以及和与各全该本"
_PROJECTS = (
    re.compile(
        r"“(?P<name>(?![0-9]+”)[^“”XxＸｘ×*_]{2,20})”(?:项目|工程|行动|计划|产业园)"
    ),
    re.compile(
        rf"(?:(?<!{_H})|(?<=[由在对和与及过设工]))"
        rf"(?P<name>(?:(?![{_NOT_IN_PROJECT}]){_H}){{2,6}}?(?:{_PROJECT_KIND})"
        r"(?:项目|工程)?)"
    ),
)
_COMMON_PROJECT = re.compile(
    r"^(?:重[大点]|民生|水利|交通|基础|一批|市政|各类|保障|全部|老旧|新建|在建|续建|大型|城市"
    r"|农村|农业|现代|特色|推进|加快|实施|建设|完成|全[省市县区]|各[地县区]|[一二三四五六七八九十]"
    r"|这些|那些|所有|污水|危[房旧]|和|的|等|高标准|省级|国家级|市级)|[的了和与及]"
)


@dataclass(frozen=True, slots=True)
class _Fact:
    """How one kind of the model text's own facts is spoken of."""

    code: str
    message: str
    hint: str


_FACTS = {
    "masked-number": _Fact(
        "masked-number", "有意隐去一部分的号码“{}”", "确认讲话稿里要不要留这个号码"
    ),
    "project": _Fact(
        "foreign-project", "范文原有的项目名称“{}”", "换成本地的项目，或改成空白处"
    ),
    "person": _Fact(
        "foreign-person", "范文原有的人名“{}”", "换成本地的人，或改成空白处"
    ),
    "place": _Fact(
        "foreign-place", "范文原有的地名“{}”", "换成本地的地名，或改成空白处"
    ),
    "year": _Fact("foreign-year", "范文原有的年份“{}”", "核对年份，或改成空白处"),
    "figure": _Fact("foreign-figure", "范文原有的数字“{}”", "核对数字，或改成空白处"),
}


def find_doubts(paragraph: str) -> list[Doubt]:
    """List the places where a value seems stripped and left no mask.

    Args:
        paragraph: the text as a person reads it.

    Returns:
        Doubts with the codes ``missing-figure`` and ``missing-subject``, in reading
        order, no two over the same characters.
    """
    figures = (
        Doubt(*span, "missing-figure", _NO_FIGURE, _FILL_FIGURE)
        for span in _spans(_FIGURE_GAPS, paragraph)
    )
    subjects = (
        Doubt(*span, "missing-subject", _NO_SUBJECT, _FILL_SUBJECT)
        for span in _spans(_SUBJECT_GAPS, paragraph)
    )
    return _apart([*figures, *subjects])


def find_leftovers(paragraph: str, *, names: Collection[str] = ()) -> list[Doubt]:
    """List the facts that stayed in a model text and belong to somebody else.

    Args:
        paragraph: the text as a person reads it.
        names: short names to look for besides, such as those that ``place_names``
            found in the whole text: 云岭 where 云岭县 stands elsewhere.

    Returns:
        Doubts with the codes ``foreign-place``, ``-person``, ``-year``, ``-figure``,
        ``-project`` and ``masked-number``, in reading order, none overlapping. Every
        mention is listed; who reports them once per name drops the repeats.
    """
    found = [
        *_doubts("masked-number", paragraph, _spans([_MASKED_NUMBER], paragraph)),
        *_doubts("year", paragraph, _spans([_YEAR], paragraph)),
        *_doubts("figure", paragraph, _spans([_DOCUMENT_NUMBER], paragraph)),
        *_doubts("project", paragraph, _projects(paragraph)),
        *_doubts("person", paragraph, _persons(paragraph)),
        *_doubts("place", paragraph, _places(paragraph, names)),
        *_doubts("figure", paragraph, _figures(paragraph)),
    ]
    return _apart(found)


def place_names(text: str) -> frozenset[str]:
    """The names of places in a text without their 县, 区, 镇: ``{"云岭", "清河"}``."""
    return frozenset(match["stem"] for match in _place_matches(text))


def _doubts(
    kind: str, paragraph: str, spans: Iterable[tuple[int, int]]
) -> Iterator[Doubt]:
    fact = _FACTS[kind]
    for start, end in spans:
        message = fact.message.format(paragraph[start:end])
        yield Doubt(start, end, fact.code, message, fact.hint)


def _apart(doubts: list[Doubt]) -> list[Doubt]:
    """The doubts in reading order; of two that overlap, the one listed first."""
    taken: dict[int, bool] = {}
    kept = []
    for doubt in doubts:
        places = range(doubt.start, doubt.end)
        if not any(place in taken for place in places):
            taken.update(dict.fromkeys(places, True))
            kept.append(doubt)
    return sorted(kept, key=lambda doubt: doubt.start)


def _spans(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span()


def _figures(text: str) -> Iterator[tuple[int, int]]:
    numbering = {match.span() for match in _NUMBERING.finditer(text)}
    for match in _FIGURE.finditer(text):
        numbers = any(a <= match.start() < b for a, b in numbering)
        bare = len(match[0]) == 1
        if not numbers and not bare and not _FIXED_FIGURES.fullmatch(match[0]):
            yield match.span()


def _place_matches(text: str) -> Iterator[re.Match[str]]:
    for match in _PLACE.finditer(text):
        stem, kind = match["stem"], match["kind"]
        common = stem[-1] + kind[0] in _COMMON_PLACES or stem.startswith(_COMMON_STEMS)
        if not common:
            yield match


def _places(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _place_matches(text))
    for match in re.finditer(alternatives((*_PROVINCES, *names)), text):
        yield match.span()


def _persons(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PERSONS:
        for match in pattern.finditer(text):
            if not _NOT_A_PERSON.match(match["name"]):
                yield match.span("name")


def _projects(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _PROJECTS:
        for match in pattern.finditer(text):
            if not _COMMON_PROJECT.search(match["name"]):
                yield match.span("name")
