"""What a body depends on in slots: headings and their places, which are the same in spite of rounding."""

from handouts.pdf.layers.slot_traits import are_alike


def test_positions_that_differ_by_rounding_are_alike() -> None:
    heading = ((2,), ((2, 10.0, 0.0004999999999, "open"),))
    beside = ((2,), ((2, 10.0, 0.0005000000001, "open"),))  # rounded to three digits, it is 0.001 lower
    lower = ((2,), ((2, 10.0, 0.1, "open"),))
    closed = ((2,), ((2, 10.0, 0.0004999999999, "closed"),))
    deeper = ((3,), ((2, 10.0, 0.0004999999999, "open"),))

    assert are_alike(heading, beside)
    assert are_alike(None, None)
    for other in (lower, closed, deeper, ((2,), ()), None):
        assert not are_alike(heading, other)
