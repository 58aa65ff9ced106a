"""assembler.toml: what an office has settled, exact words on what it cannot mean."""

from pathlib import Path

import pytest

from assembler.errors import UseError
from assembler.settings import LargeFormat, PageFormat, Settings, settings_for

WHOLE = """
[proof]
ignore = ["stray-space"]
own_places = ["清河区"]
foreign_places = ["云岭县"]
accepted = ["峻工路"]

[[proof.accept]]
code = "mixed-level"
text = "我县"

[proof.wrong_words]
"布属" = "部署"

[page]
top = 25
right = 28.5

[large]
size = 30
line = 52
bold = false
mark = "主持人用"

[finish]
seconds = 90
"""


def settings(text: str, folder: Path) -> Settings:
    (folder / "assembler.toml").write_text(text, "utf-8")
    return settings_for(folder / "稿子.docx")


def test_everything_may_be_left_out(tmp_path: Path) -> None:
    assert settings("", tmp_path) == Settings()
    assert settings_for(tmp_path / "别处" / "稿子.docx") == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    found = settings(WHOLE, tmp_path)
    assert found.ignore == {"stray-space"}
    assert found.accepted == {("mixed-level", "我县")}
    assert found.office.own_places == ("清河区",)
    assert found.office.foreign_places == ("云岭县",)
    assert found.office.accepted == {"峻工路"}
    assert found.office.wrong_words == (("布属", "部署"),)
    assert found.page == PageFormat(top=25, right=28.5)
    assert found.large == LargeFormat(size=30, line=52, bold=False, mark="主持人用")
    assert found.seconds == 90


def test_the_example_of_the_documents_is_understood(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "findings.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    found = settings(example, tmp_path)
    assert found.accepted == {("mixed-level", "我县")}
    assert found.page == PageFormat()
    assert found.large == LargeFormat()


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "assembler.toml").write_text(WHOLE, "utf-8-sig")
    assert settings_for(tmp_path / "稿子.docx").seconds == 90


def test_the_documents_folder_comes_before_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "稿").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assembler.toml").write_text("[finish]\nseconds = 1\n", "utf-8")
    assert settings_for(Path("稿/稿子.docx")).seconds == 1
    (tmp_path / "稿/assembler.toml").write_text("[finish]\nseconds = 2\n", "utf-8")
    assert settings_for(Path("稿/稿子.docx")).seconds == 2


MISTAKES = [
    ("[proof]\nignor = []", "proof.ignor 没有这一项，是不是 ignore"),
    ("[prof]\nignore = []", "prof 没有这一项，是不是 proof"),
    ("[proof]\nignore = 'stray-space'", 'ignore 要写成 ["…", "…"]'),
    ("[proof]\nignore = [1]", 'ignore 要写成 ["…", "…"]'),
    ("proof = 1", "proof 要写成 [proof] 一节"),
    ("[proof]\naccept = ['甲']", "proof.accept 要写成 [[proof.accept]]"),
    ("[[proof.accept]]\ncodes = ''", "proof.accept.codes 没有这一项，是不是 code"),
    ("[[proof.accept]]\ncode = 1", "code 要写加引号的文字"),
    ("[proof.wrong_words]\n'布属' = 1", "布属 要写加引号的文字"),
    ("[page]\ntop = '25'", "top 要写大于 0 的数"),
    ("[page]\ntop = -1", "top 要写大于 0 的数"),
    ("[page]\ntop = nan", "top 要写大于 0 的数"),
    ("[large]\nbold = 1", "bold 要写true 或 false"),
    ("[large]\nsize = 16", "22 以上"),
    ("[large]\nsize = 60", "行距（line）不小于字号"),
    ("[large]\nmark = 3", "mark 要写加引号的文字"),
    ("[finish]\nseconds = 0", "seconds 要写大于 0 的数"),
    ("[proof", "不合 TOML 的写法"),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES)
def test_a_mistake_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UseError) as caught:
        settings(text, tmp_path)
    assert said in caught.value.message
    assert "assembler.toml" in caught.value.message


def test_another_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "assembler.toml").write_bytes("# 设置".encode("gb18030"))
    with pytest.raises(UseError, match="UTF-8"):
        settings_for(tmp_path / "稿子.docx")
