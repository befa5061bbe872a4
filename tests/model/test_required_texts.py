from handouts.model.document import Required
from handouts.model.required_texts import report_missing
from handouts.problems.collector import Problems


def test_a_missing_text_is_reported_once_however_many_parts_are_missing() -> None:
    required = [
        Required("the disclaimer", "not a doctor"),
        Required("the contact", "555"),
        Required("the contact", "9-5"),
    ]
    problems = Problems()
    report_missing(required, lambda text: text == "not a doctor", "pages", problems)
    assert [problem.message for problem in problems] == ["the contact is missing from the pages"]


def test_nothing_is_reported_if_all_texts_are_present() -> None:
    problems = Problems()
    report_missing([Required("the disclaimer", "not a doctor")], lambda _: True, "text", problems)
    assert problems.as_tuple() == ()
