"""Kind and unit from the words beside a blank, for templates without a guide."""

import pytest

from assembler.context import kind_from_context, unit_behind
from assembler.figures import Kind


@pytest.mark.parametrize(
    ("before", "after", "kind", "unit"),
    [
        ("目前已开工", "个，开工率", Kind.COUNT, "个"),
        ("欠进度的", "个子项目中", Kind.COUNT, "个"),
        ("涉及群众", "户，", Kind.COUNT, "户"),
        ("培训", "万人次。", Kind.COUNT, "万人次"),
        ("征地", "亩。", Kind.COUNT, "亩"),
        ("安置房", "万平方米，", Kind.COUNT, "万平方米"),
        ("开工率", "%；", Kind.PERCENT, "%"),
        ("开工率", "％；", Kind.PERCENT, "%"),
        ("开工率达百分之", "，", Kind.PERCENT, "百分之"),
        ("低于全市", "个百分点，", Kind.POINTS, "个百分点"),
        ("低于全市", "百分点，", Kind.POINTS, "百分点"),
        ("完成投资", "亿元；", Kind.AMOUNT, "亿元"),
        ("补助", "元。", Kind.AMOUNT, "元"),
        ("利用外资", "万美元", Kind.AMOUNT, "万美元"),
        ("1—", "月全区", Kind.MONTH, "月"),
        ("在", "月份前", Kind.MONTH, "月份"),
        ("到", "年，", Kind.YEAR, "年"),
        ("建设工期", "年左右", Kind.COUNT, "年"),
        ("五", "年来，", Kind.COUNT, "年"),
        ("居全市第", "位。", Kind.RANK, "位"),
        ("来了", "位专家", Kind.COUNT, "位"),
        ("列第", "名。", Kind.RANK, "名"),
        ("接近", "的子项目", Kind.TENTHS, None),
        ("约占", "成，", Kind.TENTHS, "成"),
        ("由", "同志牵头", Kind.PERSON, None),
        ("请", "书记讲话", Kind.PERSON, None),
    ],
)
def test_sure_words_tell_kind_and_unit(
    before: str, after: str, kind: Kind, unit: str | None
) -> None:
    assert kind_from_context(before, after) == (kind, unit)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("推进", "项目建设"),
        ("关心", "个人成长"),
        ("按照“", "”标准"),
        ("由", "负责，"),
        ("服务", "工作大局"),
        ("在", "成立大会上"),
        ("推动", "成果转化"),
        ("建设", "元宵灯会"),
        ("成立", "人民法庭"),
        ("保障", "家庭农场"),
        ("位于", "村委会旁"),
        ("第", "项措施"),
        ("在", "村开展"),
        ("推进项目", "期建设"),
        ("召开", "座谈会"),
        ("落实", "条件"),
        ("优化", "组织架构"),
        ("超过", "成绩"),
    ],
)
def test_doubtful_words_leave_the_blank_to_words(before: str, after: str) -> None:
    assert kind_from_context(before, after) == (Kind.TEXT, None)


def test_unit_behind_is_not_a_word_that_begins_like_one() -> None:
    assert getattr(unit_behind("个子项目"), "name", None) == "个"
    assert unit_behind("个别项目") is None
    assert unit_behind("") is None
