"""Rules on words that are missing: a figure before its unit, a speaker before 将讲话.

Copying from the web strips masks without a trace; what stays behind is a unit with
no number, a rank without a figure, a verb without its subject.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assembler.findings import Severity
from assembler.rules_text import HANZI, Line, Spot

_COUNT = "一二三四五六七八九十百千万亿两几数多半零〇"
# 上亿元, 过亿元, 以万元为单位: amounts that need no figure.
_NUMERAL = f"{_COUNT}余上来过超近逾整每点破单按以为"
_END = "(?=[，。；、：！）]|$)"
_START = r"(?:^|(?<=[，。；：、！]))"
_PEOPLE = (
    "干部|群众|党员|代表|同志|领导|职工|学生|老师|教师|医生|专家|委员|村民|居民|志愿者"
)
_UNITS = "亿元|万元|亿美元|万吨|万亩|万人次|平方公里|公顷"
_DONE = "完成|建成|新增|引进|新建|改造|安排|开工|竣工|签约|共有|累计|涉及"
_AGAINST = "同比|环比|比上年|比去年同期|较上年|分别"
_ROSE = "增长|下降|提高|上升|减少|增加"

_ERRORS = (
    r"(?<![门等及])第[位名](?=[，。；、）的]|$)",
    rf"(?<=[{HANZI}])(?<![{_COUNT}])[%％]",
    rf"(?<=[{HANZI}])(?<![{_COUNT}])个百分点",
)
_DOUBTS = (
    rf"(?<=[{HANZI}])(?<![{_NUMERAL}])(?:{_UNITS}){_END}",
    rf"{_START}个(?=[{HANZI}]{{2}})(?![别人体性中头案税转数展旧私月把个股险贷位签儿])",
    rf"{_START}[名位](?=(?:{_PEOPLE}))",
    rf"{_START}家(?=企业|单位|公司|商户|工厂|医院|银行)",
    rf"{_START}户(?=居民|群众|村民|农户|企业)",
    rf"{_START}[项条](?=工作|任务|措施|指标|意见|建议)",
    rf"(?:{_DONE})个(?![别人体性案税股中数展头唱旧私])",
    rf"(?<=[\d%元人吨亩户个家万亿])[，,](?:{_AGAINST})(?:{_ROSE})了?{_END}",
    r"(?<=[于在到至前底的])月[上中下]旬",
    rf"(?<=[{HANZI}])(?<![本当每某正腊一二三四五六七八九十])月日|年月日",
)

_ADVERB = "随后|接下来|下面|稍后|之后|然后|会后|待会儿?|等一下|最后|[上下]午|明天"
_VERB = "作|讲话|讲几|讲三|讲两|宣读|发表|通报|致辞|颁奖|点评|部署|出席|介绍"
_NO_SUBJECT = rf"{_START}(?:{_ADVERB})，?(?:还|也|又)?(?:将|还要)(?:还)?(?={_VERB})"
_PERSON = (
    r"同志|书记|区长|县长|市长|镇长|局长|主任|部长|领导|主席|会长|会议|大会|总|教授|专家"
    r"|先生|女士|代表|我们?|他们?|她们?"
)


def missing_figure(line: Line) -> Iterator[Spot]:
    """``全年税收亿元，居全省第位``: a unit with no number before it."""
    if line.in_table:
        return
    for pattern in _ERRORS:
        for found in re.finditer(pattern, line.plain):
            yield line.hit(found, f"“{found.group()}”处缺数字。")
    for pattern in _DOUBTS:
        for found in re.finditer(pattern, line.plain):
            spot = line.hit(found, f"“{found.group().strip('，,')}”处疑缺数字。")
            yield replace(spot, severity=Severity.WARNING)


def missing_subject(line: Line) -> Iterator[Spot]:
    """``随后，还将宣读表彰决定``: nobody is named who will do it."""
    for found in re.finditer(_NO_SUBJECT, line.plain):
        start = line.plain.rfind("。", 0, found.start()) + 1
        if not re.search(_PERSON, line.plain[start : found.start()]):
            yield line.hit(found, "疑缺主语：由谁来讲、来作没有写明。")
