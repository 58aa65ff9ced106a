"""The visible list of all proofreading rules.

Each line says what a rule is called, how much it matters, how far it looks and what
to do. Example and cause of each stand in ``docs/findings-proof.tsv``.
"""

from dataclasses import dataclass
from enum import StrEnum

from assembler import (
    rules_alike,
    rules_copying,
    rules_dates,
    rules_figures,
    rules_gaps,
    rules_layout,
    rules_leftovers,
    rules_marks,
    rules_order,
    rules_pairs,
    rules_places,
    rules_rates,
    rules_repeats,
    rules_shares,
    rules_sums,
    rules_words,
)
from assembler.findings import Severity
from assembler.rules_text import Finder, LineFinder, each_line


class Scope(StrEnum):
    """How far a rule looks."""

    PARAGRAPH = "paragraph"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it is registered.

    Attributes:
        code: the finding's code, the same in ``docs/findings-proof.tsv``.
        severity: error must not reach the printer, warning is very likely wrong,
            info is for the eye; a single case may be milder.
        scope: whether it judges each paragraph alone or the whole text.
        find: the function.
        hint: what to do, in Chinese.
    """

    code: str
    severity: Severity
    scope: Scope
    find: Finder
    hint: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def _line(code: str, severity: Severity, find: LineFinder, hint: str) -> Rule:
    return Rule(code, severity, Scope.PARAGRAPH, each_line(find), hint)


def _speech(code: str, severity: Severity, find: Finder, hint: str) -> Rule:
    return Rule(code, severity, Scope.SPEECH, find, hint)


RULES: tuple[Rule, ...] = (
    # What a template, a data file or a web page left behind.
    _speech(
        "leftover-blank",
        _ERROR,
        rules_leftovers.leftover_blank,
        "填上实际内容；确实不是空白处的，用 --ignore 或接受清单放行。",
    ),
    _line(
        "leftover-tag",
        _ERROR,
        rules_leftovers.leftover_tag,
        "检查模板里的标记和数据列名，重新合并，或直接改成实际内容。",
    ),
    _line(
        "leftover-hint",
        _ERROR,
        rules_leftovers.leftover_hint,
        "补上实际内容，删去提示文字。",
    ),
    _line(
        "error-value",
        _ERROR,
        rules_leftovers.error_value,
        "回到数据表改正公式或来源，再更新稿子。",
    ),
    _line(
        "site-line",
        _WARNING,
        rules_leftovers.site_line,
        "删去网页推广语、按钮文字和网页代码。",
    ),
    # What copying did.
    _line(
        "pinyin-residue", _WARNING, rules_copying.pinyin_residue, "删去括号里的拼音。"
    ),
    _line(
        "eaten-text",
        _WARNING,
        rules_copying.eaten_text,
        "对照原文把损坏的文字补回来。",
    ),
    _line(
        "traditional-character",
        _WARNING,
        rules_copying.traditional_character,
        "改为规范简体字；人名确用此字的，用接受清单放行。",
    ),
    # Words that are missing, doubled, wrong.
    _line(
        "missing-figure",
        _ERROR,
        rules_gaps.missing_figure,
        "在单位前补上数字，或改写这句话。",
    ),
    _line(
        "missing-subject",
        _WARNING,
        rules_gaps.missing_subject,
        "写明由谁来讲、谁来作。",
    ),
    _line("doubled-word", _WARNING, rules_words.doubled_word, "删去重复的词。"),
    _speech("wrong-word", _WARNING, rules_words.wrong_word, "改为正确的写法。"),
    # Whose speech it is.
    _speech(
        "foreign-place",
        _WARNING,
        rules_places.foreign_place,
        "核对是不是别处的地名；本来就要提到的，用接受清单放行。",
    ),
    _speech(
        "mixed-level",
        _WARNING,
        rules_places.mixed_level,
        "统一为本地的层级（区、县或市）。",
    ),
    _speech(
        "conflicting-post",
        _WARNING,
        rules_places.conflicting_post,
        "核对姓名和职务，前后一致；兼任的写明“兼”。",
    ),
    # Marks.
    _speech("unpaired-quote", _ERROR, rules_pairs.unpaired_quote, "补上或删去引号。"),
    _line("unpaired-bracket", _ERROR, rules_pairs.unpaired_bracket, "补上或删去括号。"),
    _line("crossed-pair", _WARNING, rules_pairs.crossed_pair, "先开的后关，理顺次序。"),
    _line(
        "halfwidth-punctuation",
        _WARNING,
        rules_marks.halfwidth_punctuation,
        "改用全角标点。",
    ),
    _line("straight-quote", _WARNING, rules_marks.straight_quote, "改用弯引号“”。"),
    _line("wrong-mark", _WARNING, rules_marks.wrong_mark, "改用规范的标点。"),
    _line(
        "doubled-punctuation",
        _WARNING,
        rules_marks.doubled_punctuation,
        "只留一个标点。",
    ),
    _line("broken-ellipsis", _WARNING, rules_marks.broken_ellipsis, "改为“……”。"),
    _line("broken-dash", _WARNING, rules_marks.broken_dash, "改为“——”。"),
    _line(
        "needless-enumeration-comma",
        _INFO,
        rules_marks.needless_enumeration_comma,
        "删去顿号。",
    ),
    _line(
        "document-number-bracket",
        _WARNING,
        rules_marks.document_number_bracket,
        "年份外用六角括号“〔〕”。",
    ),
    _line("stray-space", _INFO, rules_marks.stray_space, "删去空格。"),
    # Order words.
    _speech(
        "broken-ordinal",
        _ERROR,
        rules_order.broken_ordinal,
        "补上缺的一项，或重新编号。",
    ),
    _speech(
        "announced-count",
        _WARNING,
        rules_order.announced_count,
        "核对说的几点和实际写的几点。",
    ),
    _speech(
        "incomplete-sequence",
        _INFO,
        rules_order.incomplete_sequence,
        "补上缺的一项，或换一个连接词。",
    ),
    _line(
        "ordinal-punctuation",
        _WARNING,
        rules_order.ordinal_punctuation,
        "“一、”用顿号，“1.”用点，“（一）”不加标点，“第一，”用逗号。",
    ),
    _speech(
        "heading-full-stop",
        _INFO,
        rules_order.heading_full_stop,
        "删去标题末尾的句号。",
    ),
    _speech(
        "mixed-numerals", _INFO, rules_order.mixed_numerals, "名次统一用一种数字写。"
    ),
    # Figures that belong together.
    _speech(
        "sum-mismatch",
        _ERROR,
        rules_sums.sum_mismatch,
        "核对总数和各部分；有交叉或未列全的，把话说清楚。",
    ),
    _speech(
        "percent-sum", _WARNING, rules_sums.percent_sum, "核对各部分的占比和分母。"
    ),
    _speech(
        "share-mismatch",
        _ERROR,
        rules_shares.share_mismatch,
        "按部分 ÷ 总数重算，改正其中写错的数。",
    ),
    _speech(
        "difference-mismatch",
        _ERROR,
        rules_shares.difference_mismatch,
        "按两数之差重算，改正其中写错的数。",
    ),
    _speech(
        "value-conflict",
        _WARNING,
        rules_repeats.value_conflict,
        "核对哪一个数对，前后写成一致。",
    ),
    # Single figures.
    _line(
        "percent-range", _ERROR, rules_rates.percent_range, "核对这个比率和它的分母。"
    ),
    _line(
        "impossible-value",
        _ERROR,
        rules_figures.impossible_value,
        "核对原始数据后改正。",
    ),
    _line(
        "percent-vs-points",
        _ERROR,
        rules_rates.percent_vs_points,
        "两个比率之差写“个百分点”，后面不带“%”。",
    ),
    _line("doubled-unit", _ERROR, rules_figures.doubled_unit, "删去重复的单位。"),
    _line(
        "long-decimal",
        _ERROR,
        rules_figures.long_decimal,
        "按全文统一的位数四舍五入。",
    ),
    _line("broken-decimal", _ERROR, rules_figures.broken_decimal, "核对后补上小数点。"),
    _line(
        "decrease-multiple",
        _ERROR,
        rules_figures.decrease_multiple,
        "改为“减少了百分之几”或“减少到几分之一”。",
    ),
    _line("range-unit", _INFO, rules_figures.range_unit, "两个数都写上单位。"),
    _line(
        "needless-approximation-comma",
        _INFO,
        rules_figures.needless_approximation_comma,
        "删去顿号，如“三五个”。",
    ),
    # Alike things alike.
    _speech(
        "unit-style", _INFO, rules_alike.unit_style, "金额统一写“亿元”“万元”，不混用。"
    ),
    _speech(
        "unit-magnitude",
        _WARNING,
        rules_alike.unit_magnitude,
        "核对单位是“万元”还是“亿元”。",
    ),
    _speech(
        "mixed-decimals",
        _INFO,
        rules_alike.mixed_decimals,
        "同类数字用同样多的小数位。",
    ),
    # Dates and periods.
    _line("range-dash", _WARNING, rules_dates.range_dash, "改为“1—9月”这样的写法。"),
    _line(
        "lost-range-dash", _ERROR, rules_dates.lost_range_dash, "补上月份之间的“—”。"
    ),
    _line("raw-date", _ERROR, rules_dates.raw_date, "写成“2024年10月31日”。"),
    _line(
        "date-form",
        _WARNING,
        rules_dates.date_form,
        "年份写全四位，月日前不加0，汉字年份用“〇”。",
    ),
    _speech(
        "mixed-period",
        _INFO,
        rules_dates.mixed_period,
        "核对讲话时间、数据时段和各项期限。",
    ),
    # Typing that stands for layout.
    _speech(
        "space-indent", _INFO, rules_layout.space_indent, "改用段落格式的首行缩进。"
    ),
    _line("soft-return", _INFO, rules_layout.soft_return, "改为分段，或删去换行。"),
    _speech(
        "empty-paragraph",
        _INFO,
        rules_layout.empty_paragraph,
        "删去空段，间距用段落格式设定。",
    ),
    _speech(
        "salutation-form",
        _INFO,
        rules_layout.salutation_form,
        "称呼顶格写，后面用全角冒号。",
    ),
    _speech(
        "closing-form",
        _INFO,
        rules_layout.closing_form,
        "结束语写作“谢谢大家。”，放在最后。",
    ),
)
