# ruff: noqa: RUF001 - letters and punctuation of other scripts
"""Numbers with their units in other languages than English: nowhere may a line end between the two."""

import pytest

from handouts.language.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("120 Harbor Street, Suite 300", ["Suite 300"]),
        ("(Room B-12), P.O. Box 40, Port Ellery, MI 49462-0012", ["(Room B-12),", "Box 40,", "MI 49462-0012"]),
        ("There is room for 12 on a floor.", []),
        ("No conduzca durante 24 horas. Tome de 1 a 2 tabletas.", ["24 horas.", "1 a 2 tabletas."]),
        ("Không lái xe trong 24 giờ. Uống 2 viên mỗi ngày.", ["24 giờ.", "2 viên"]),
        ("لا تقد السيارة لمدة 24 ساعة. خذ 2 قرصًا أو 3 أقراص", ["24 ساعة.", "2 قرصًا", "3 أقراص"]),
        ("（止痛药），24 小时内不要开车。每天2–3次，每次 5 mg", ["24 小时", "2–3次", "5 mg"]),
        ("体温 38.5 °C 或以上，致电 (616) 555-0134。", ["38.5 °C", "(616) 555-0134"]),
        ("24時間は運転しないでください。1日3回2錠", ["24時間", "1日", "3回", "2錠"]),
        ("24시간 동안 운전하지 마십시오. 2정", ["24시간", "2정"]),
    ],
)
def test_amounts_stay_on_one_line(text: str, amounts: list[str]) -> None:
    assert [text[start:end] for start, end in find_amounts(text)] == amounts
