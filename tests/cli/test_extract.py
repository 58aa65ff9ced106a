"""extract as a clerk runs it."""

from pathlib import Path

import pytest

from assembler.bundled import resolve_data
from tests.cli.conftest import Run
from tests.extracting import rows

BUNDLED = (
    ("工作部署", "重点项目进度"),
    ("总结推进", "重点项目进度"),
    ("问题整改", "问题整改"),
)


@pytest.mark.parametrize(("template", "data"), BUNDLED)
@pytest.mark.parametrize("moved", [False, True])
def test_the_bundled_data_come_back(
    run: Run, tmp_path: Path, template: str, data: str, *, moved: bool
) -> None:
    run("merge", template, data, "-o", "稿子")
    drafts = sorted(Path("稿子").iterdir())
    if moved:
        # Then only the drafts tell of them.
        drafts = [draft.rename(f"{n}.docx") for n, draft in enumerate(drafts)]
    assert run("extract", *drafts, "-o", "取.csv").code == 0
    original = resolve_data(Path(data))
    assert rows(tmp_path / "取.csv") == rows(original)
    assert Path("取.csv").read_bytes() == original.read_bytes()


def test_drafts_of_several_templates_make_one_table(run: Run) -> None:
    for template in ("工作部署", "总结推进"):
        run("merge", template, "重点项目进度")
    done = run("extract", "讲话稿/工作部署", "讲话稿/总结推进", "-o", "取.csv")
    assert done.code == 0
    assert (
        Path("取.csv").read_bytes() == resolve_data(Path("重点项目进度")).read_bytes()
    )
    assert "12 篇稿子" in done.out
