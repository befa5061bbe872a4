"""The codec of IPP messages: the examples of the standard, round trips, and bytes from untrusted sources."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.printing.ipp.codec import decode, encode
from handouts.printing.ipp.message import Attribute, Group, GroupTag, Message, NotIppError, Range, Tag, Value
from support.growth import assert_linear

# The request of RFC 8010, A.1, "Print-Job Request".
PRINT_JOB = Message(
    0x0002,
    1,
    (
        Group(
            GroupTag.OPERATION,
            (
                Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
                Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en-us",)),
                Attribute(Tag.URI, "printer-uri", ("ipp://printer.example.com/ipp/print/pinetree",)),
                Attribute(Tag.NAME, "job-name", ("foobar",)),
                Attribute(Tag.BOOLEAN, "ipp-attribute-fidelity", (True,)),
            ),
        ),
        Group(
            GroupTag.JOB,
            (Attribute(Tag.INTEGER, "copies", (20,)), Attribute(Tag.KEYWORD, "sides", ("two-sided-long-edge",))),
        ),
    ),
    (1, 1),
)
PRINT_JOB_BYTES = (
    b"\x01\x01\x00\x02\x00\x00\x00\x01\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    b"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
    b"\x42\x00\x08job-name\x00\x06foobar"
    b"\x22\x00\x16ipp-attribute-fidelity\x00\x01\x01"
    b"\x02"
    b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
    b"\x44\x00\x05sides\x00\x13two-sided-long-edge"
    b"\x03"
)
# The collection of RFC 8010, 3.1.6, with 4 by 6 for its media-size.
MEDIA_COL_BYTES = (
    b"\x34\x00\x09media-col\x00\x00"
    b"\x4a\x00\x00\x00\x0amedia-size\x34\x00\x00\x00\x00"
    b"\x4a\x00\x00\x00\x0bx-dimension\x21\x00\x00\x00\x04\x00\x00\x00\x04"
    b"\x4a\x00\x00\x00\x0by-dimension\x21\x00\x00\x00\x04\x00\x00\x00\x06"
    b"\x37\x00\x00\x00\x00"
    b"\x4a\x00\x00\x00\x0bmedia-color\x44\x00\x00\x00\x04blue"
    b"\x37\x00\x00\x00\x00"
)
SIZE = (Attribute(Tag.INTEGER, "x-dimension", (4,)), Attribute(Tag.INTEGER, "y-dimension", (6,)))
MEDIA_COL = Attribute(
    Tag.COLLECTION,
    "media-col",
    ((Attribute(Tag.COLLECTION, "media-size", (SIZE,)), Attribute(Tag.KEYWORD, "media-color", ("blue",))),),
)

fast = settings(max_examples=40, deadline=None)
names = st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1, max_size=20)
int32 = st.integers(-(2**31), 2**31 - 1)
plain_values: dict[Tag, st.SearchStrategy[Value]] = {
    Tag.INTEGER: int32,
    Tag.ENUM: int32,
    Tag.BOOLEAN: st.booleans(),
    Tag.RANGE: st.builds(Range, int32, int32),
    Tag.NO_VALUE: st.none(),
    Tag.TEXT: st.text(max_size=50),
    Tag.KEYWORD: st.text(max_size=50),
    Tag.URI: st.text(max_size=50),
}


def attributes_of(kinds: dict[Tag, st.SearchStrategy[Value]]) -> st.SearchStrategy[Attribute]:
    return st.sampled_from(list(kinds)).flatmap(
        lambda tag: st.builds(Attribute, st.just(tag), names, st.lists(kinds[tag], min_size=1, max_size=3).map(tuple))
    )


collections = st.lists(attributes_of(plain_values), max_size=3).map(tuple)
attributes = attributes_of(
    {
        **plain_values,
        Tag.COLLECTION: st.lists(attributes_of({**plain_values, Tag.COLLECTION: collections}), max_size=3).map(tuple),
    }
)
groups = st.builds(Group, st.sampled_from(list(GroupTag)), st.lists(attributes, max_size=4).map(tuple))
messages = st.builds(
    Message, st.integers(0, 0xFFFF), st.integers(0, 2**32 - 1), st.lists(groups, max_size=3).map(tuple)
)


def message_of(attributes: bytes) -> bytes:
    """Return a message whose group of printer attributes consists of these bytes."""
    return b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + attributes + b"\x03"


def test_encodes_the_print_job_request_of_the_standard() -> None:
    assert encode(PRINT_JOB) == PRINT_JOB_BYTES


def test_decodes_the_print_job_request_of_the_standard_and_ignores_the_document() -> None:
    assert decode(PRINT_JOB_BYTES + b"%PDF-1.7") == PRINT_JOB


def test_encodes_and_decodes_the_collection_of_the_standard() -> None:
    message = Message(0, 1, (Group(GroupTag.PRINTER, (MEDIA_COL,)),))
    assert encode(message) == message_of(MEDIA_COL_BYTES)
    assert decode(message_of(MEDIA_COL_BYTES)) == message


@fast
@given(messages)
def test_decoding_an_encoded_message_returns_it(message: Message) -> None:
    assert decode(encode(message)) == message


@fast
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_decoded_or_rejected(content: bytes) -> None:
    with contextlib.suppress(NotIppError):
        assert isinstance(decode(message_of(content)), Message)
    with contextlib.suppress(NotIppError):
        assert isinstance(decode(content), Message)


@fast
@given(messages, st.data())
def test_a_message_with_a_wrong_byte_is_decoded_or_rejected(message: Message, data: st.DataObject) -> None:
    content = bytearray(encode(message))
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NotIppError):
        assert isinstance(decode(bytes(content)), Message)


@fast
@given(messages, st.data())
def test_a_truncated_message_is_rejected(message: Message, data: st.DataObject) -> None:
    content = encode(message)
    with pytest.raises(NotIppError):
        decode(content[: data.draw(st.integers(0, len(content) - 1))])


def test_deeply_nested_collections_are_rejected() -> None:
    with pytest.raises(NotIppError, match="nested too deeply"):
        decode(message_of(b"\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01b\x34\x00\x00\x00\x00" * 5000))


def test_decoding_takes_linear_time() -> None:
    def decode_values(count: int) -> None:
        values = b"\x21\x00\x01a\x00\x04\x00\x00\x00\x01" + b"\x21\x00\x00\x00\x04\x00\x00\x00\x01" * count
        assert len(decode(message_of(values)).get_first_group(GroupTag.PRINTER)["a"]) == count + 1

    assert_linear(decode_values, 5_000)


def test_text_in_another_encoding_than_utf8_is_decoded_with_replacement_characters() -> None:
    values = decode(message_of(b"\x41\x00\x01a\x00\x06B\xfcro 1")).get_first_group(GroupTag.PRINTER)
    assert values == {"a": ("B\ufffdro 1",)}


def test_the_language_of_a_text_is_dropped() -> None:
    values = decode(message_of(b"\x35\x00\x01a\x00\x0a\x00\x02de\x00\x04Flur")).get_first_group(GroupTag.PRINTER)
    assert values == {"a": ("Flur",)}


def test_the_first_of_two_attributes_with_the_same_name_wins() -> None:
    values = decode(message_of(b"\x44\x00\x01a\x00\x01x\x44\x00\x01a\x00\x01y")).get_first_group(GroupTag.PRINTER)
    assert values == {"a": ("x",)}


@pytest.mark.parametrize(
    ("tag", "content", "value"),
    [
        (Tag.BOOLEAN, b"\0\1", True),
        (Tag.BOOLEAN, b"\0\0", False),
        (Tag.BOOLEAN, b"", False),
        (Tag.INTEGER, b"\0\1", None),
        (Tag.RANGE, b"\0\1", None),
        (0x35, b"\0", ""),
    ],
)
def test_a_value_of_a_wrong_length_does_not_hide_the_others(tag: int, content: bytes, value: object) -> None:
    odd, right = Attribute(tag, "odd", (content,)), Attribute(Tag.KEYWORD, "right", ("yes",))
    decoded = decode(encode(Message(0, 1, (Group(GroupTag.PRINTER, (odd, right)),)))).get_first_group(GroupTag.PRINTER)
    assert (decoded["odd"], decoded["right"]) == ((value,), ("yes",))
