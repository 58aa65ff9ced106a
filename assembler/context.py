"""What the words beside a blank tell of its kind and unit.

For templates without a guide. Only words that leave no doubt are taken; every other
blank holds 文字.
"""

import re

from assembler.figures import Kind
from assembler.units import Family, Unit, leading
from assembler.written import narrowed

# Words that merely begin like a unit: in X项目 the X is a name, no number.
_LOOKALIKES = re.compile(
    "个(?:别|人(?![次们])|体|性)|项目|户(?:外|籍|口|型)"
    "|人(?:民|员|才|口|均|大(?:代表|常委|会)|社|武|行|家|士|物|力|事|居)"
    "|家(?:庭|园|乡|长|属|具|电|底|校)|件(?:件|数)|名(?:单|称|义|录|气|优|牌|镇|村|城)"
    "|次(?:数|要|日|生|序)|处(?:理|置|于|长|处|在|罚|室|级)|座(?:谈|位|右)"
    "|条(?:件|例|块|理)|场(?:所|地|面|合|景|均)|批(?:复|准|评|示|发|次号)"
    "|所(?:以|有|属|在|需|得|长)|台(?:账|阶|办)|组(?:织|成|建|长|团|合|员)"
    "|支(?:持|撑|部|出|付|援|队长)|份额|张贴|块状|片(?:区|面)|间(?:隔|断)|层(?:次|面|级)"
    "|级别|类(?:别|型|似)|种(?:植|子|类)|起(?:来|步|点|草|到|码)|例(?:如|会|外)"
    "|期(?:间|限|望|待|末)|轮(?:流|换)|棵粒|头(?:部|号|脑)|只(?:有|要|是|能)|口(?:岸|径|号)"
    "|架(?:构|设)|部(?:门|署|分|委|长|队|级|省)|双(?:方|创|向|提)|对(?:接|于|口|标|比|照|外|内)"
    "|章程|本(?:地|级|届|次|区|县|市|人|月|年|质)|笔(?:记|者)|单(?:位|独)|根(?:据|本)"
    "|门(?:户|槛|口)|床位|席位|届时|股(?:份|权|长|室)|车(?:间|辆|站)|村(?:民|庄|委|级|里|组|支)"
    "|镇(?:区|级|长|里|政|党|村|街)|套(?:路|用)|辆次"
    "|元(?:旦|宵|素|件|首|老)|分(?:别|析|类|工|管|解|钟|布|包|局|成|阶|步|级|批|子|项|享|红)"
    "|米(?:粉|面)|升(?:级|至|高|到|幅)|克(?:服|难)|度(?:过|假|夏|汛|冬)|瓦(?:解|片)"
    "|斤(?:两|斤)|成(?:立|功|为|果|效|员|本|绩|交|熟|型|片|长|就|都|品|套|群|因|人|份|规|建|图|立)"
    "|位(?:于|置|列|居|次)|号(?:召|线|楼|文|院|码|称)|日(?:前|常|益|程|均|后|报|本|子|落|照)"
    "|天(?:气|然|天|下|津|上|地)|周(?:边|期|围|密|转|到|末|年|知|报)|倍(?:增|感|加)"
    "|月(?:报|度|初|底|末|均|亮)|年(?:初|底|末|均|轻|报|会|终|度计划)"
)
# Behind a mask these may end a name (X村, X口) or count on (X期, X级).
_UNSURE = frozenset("村镇车股口头门层级类片块部对双间届期轮例起张本单根种章")
_SPAN_OF_YEARS = re.compile("年(?:来|内|间|期|多|余|左右|以上|时间|之内|之久|建设期)")
_POST = re.compile(
    "(?:同志|书记|主任|[区县市镇乡局省部院校厅处科]长|常委|总经理|董事长|委员|秘书长)"
)
_SHARE_BEFORE = re.compile("(?:约|近|占|达|超|超过|接近|不到|不足|将近|仅)$")


def unit_behind(after: str) -> Unit | None:
    """The unit at the beginning of the text behind a blank.

    Args:
        after: the speech's text; 个子项目中 begins with a unit, 项目建设 does not.
    """
    text = narrowed(after)
    if not text:
        return None
    if _LOOKALIKES.match(text):
        return None
    return leading(text)


_KINDS = {
    Family.MONEY: Kind.AMOUNT,
    Family.CURRENCY: Kind.AMOUNT,
    Family.PERCENT: Kind.PERCENT,
    Family.POINTS: Kind.POINTS,
    Family.MONTH: Kind.MONTH,
    Family.YEAR: Kind.YEAR,
}


def kind_from_context(before: str, after: str) -> tuple[Kind, str | None]:
    """The kind and unit of a blank in a template that has no guide.

    Args:
        before: the speech's text in front of the blank.
        after: the speech's text behind it.

    Returns:
        The kind, and the unit that the speech prints (% for ％ too), None if it
        prints none; 文字 and None where the words leave a doubt.
    """
    if re.search("百分之$", before):
        return Kind.PERCENT, "百分之"
    if _POST.match(after):
        return Kind.PERSON, None
    if re.search("接近$", before) and after.startswith("的"):
        return Kind.TENTHS, None
    unit = unit_behind(after)
    return (Kind.TEXT, None) if unit is None else _kind_of(unit, before, after)


def _kind_of(unit: Unit, before: str, after: str) -> tuple[Kind, str | None]:
    if before.endswith("第"):
        return _ranked(unit)
    if unit.name in _UNSURE:
        return Kind.TEXT, None
    if unit.name == "成":
        sure = _SHARE_BEFORE.search(before) is not None
        return (Kind.TENTHS, "成") if sure else (Kind.TEXT, None)
    if unit.family is Family.YEAR and _SPAN_OF_YEARS.match(after):
        return Kind.COUNT, "年"
    if unit.family is Family.RANK:
        return Kind.COUNT, unit.name
    return _KINDS.get(unit.family, Kind.COUNT), unit.name


def _ranked(unit: Unit) -> tuple[Kind, str | None]:
    """第X位 is a rank; 第X项 and 第X批 count on in a way no rule here knows."""
    return (Kind.RANK, unit.name) if unit.name in ("位", "名") else (Kind.TEXT, None)
