from handouts.system.cache import Cache, IdentityMemo


def test_the_least_recently_used_value_is_dropped_first() -> None:
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)


def test_sizes_never_exceed_the_capacity_and_a_larger_value_is_not_stored() -> None:
    cache: Cache[str, bytes] = Cache(10, len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a")
    cache.put("c", b"1234")
    assert (cache.get("a"), cache.get("b"), cache.get("c"), cache.size) == (b"1234", None, b"1234", 8)
    cache.put("d", b"1" * 11)
    assert (cache.get("d"), cache.get("a")) == (None, b"1234")
    cache.put("a", b"12")
    assert cache.size == 6


def test_a_popped_value_is_gone_and_leaves_its_room() -> None:
    cache: Cache[str, bytes] = Cache(4, len)
    cache.put("a", b"1234")
    assert cache.pop("a") == b"1234"
    assert (cache.pop("a"), cache.get("a"), cache.size) == (None, None, 0)


def test_a_cleared_cache_is_empty() -> None:
    cache: Cache[str, bytes] = Cache(4, len)
    cache.put("a", b"1234")
    cache.clear()
    assert (cache.get("a"), cache.size) == (None, 0)


def test_a_memo_calls_its_function_once_per_object_and_compares_no_objects() -> None:
    calls: list[list[int]] = []

    def length(numbers: list[int]) -> int:
        calls.append(numbers)
        return len(numbers)

    memo = IdentityMemo(length, capacity=2)
    first, equal, third = [1], [1], [1, 2]
    assert [memo(numbers) for numbers in (first, equal, first, third)] == [1, 1, 1, 2]
    assert len(calls) == 3
    assert memo(first) == 1, "the oldest result was dropped"
    assert len(calls) == 4


def test_a_memo_of_two_objects_compares_both() -> None:
    memo = IdentityMemo(lambda one, other: [one, other])
    first, equal = [1], [1]
    assert memo(first, equal) is memo(first, equal)
    assert len({id(memo(*pair)) for pair in ((first, first), (first, equal), (equal, first), (equal, equal))}) == 4
