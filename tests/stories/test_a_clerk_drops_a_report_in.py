"""A supervision clerk's morning: a copied web page goes in, the task list comes out, the quotation is looked up."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from typer.testing import CliRunner

from luoshi.cli.app import app

PAGE = """首頁 | 新聞 | 政務 | 服務
當前位置: 首頁 > 要聞
全縣秋冬季防火工作會(huì)議(yì)召開(kāi)
時(shí)間:2024-10-12 來(lái)源:某某縣融媒體中心
  10月11日,縣委召開(kāi)全縣秋冬季防火工作會(huì)議(yì)。縣委書(shū)記周曉禾出席并講(jiǎng)話(huà)。
  周曉禾強(qiáng)調(diào),今年入秋以來(lái)降水偏少,形勢(shì)不容樂(lè)觀。各鄉(xiāng)鎮(zhèn)要壓實(shí)網(wǎng)格責(zé)任,加密巡山護(hù)林;嚴(yán)禁野外用火,確保不發(fā)生較大火災(zāi)。要提高政治站位,堅(jiān)決克服僥幸心理。
  縣直有關(guān)部門(mén)負(fù)責(zé)人參加會(huì)議(yì)。
(責(zé)任編輯:林小滿)
聯(lián)系我們
"""


def test_from_a_noisy_page_to_a_line_with_its_evidence(tmp_path: Path) -> None:
    report = tmp_path / "防火会议.txt"
    report.write_text(PAGE, "utf-8")
    result = CliRunner().invoke(app, ["read", "--only", "work", "--format", "csv", str(report)])
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    # She sees the tasks in clean words, said by whom, how strongly, numbered.
    assert [(row["number"], row["action"], row["strength"]) for row in rows] == [
        ("1", "压实网格责任", "推进"),
        ("2", "加密巡山护林", "推进"),
        ("3", "严禁野外用火", "禁止"),
        ("4", "确保不发生较大火灾", "禁止"),
    ]
    assert {row["speaker"] for row in rows} == {"周晓禾"}
    # She looks one up: the quotation is the page's own, noise included, in the line that is named.
    row = rows[1]
    assert row["evidence"] == "加密巡山護(hù)林"
    assert PAGE[int(row["start"]) : int(row["end"])] == row["evidence"]
    assert row["evidence"] in PAGE.split("\n")[int(row["line"]) - 1]
    # Attitude is in the list only when she asks for all.
    everything = CliRunner().invoke(app, ["read", "--format", "csv", str(report)]).stdout
    assert "提高政治站位" in everything
