"""Shard: a plan split in parts that several machines make, each its own."""

from collections.abc import Sequence

from handouts.plan import Planned


def shard(planned: Sequence[Planned], index: int, count: int) -> tuple[Planned, ...]:
    """Give the part with an index from 1 of a plan that is split in so many; in the order of the plan.

    The parts are apart from one another, together they are the plan, and their sizes differ by one at most. Outputs of
    one handout stay in one part as far as that allows. The same outputs are split the same way everywhere, whatever
    their order. Raise ValueError for a part that there is not.
    """
    if not 1 <= index <= count:
        raise ValueError(f"there is no part {index} of {count}")
    groups: dict[str, list[Planned]] = {}
    for item in sorted(planned, key=lambda one: (one.practice.id, one.name)):
        groups.setdefault(item.selection.handout.id, []).append(item)
    least, more = divmod(len(planned), count)
    room = [least + (number < more) for number in range(count)]
    mine: list[Planned] = []
    split: list[Planned] = []
    # The largest handout first, each into the fullest part that has room for all of it (best fit decreasing).
    for _, group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])):
        fitting = [number for number in range(count) if room[number] >= len(group)]
        if not fitting:
            split += group
            continue
        into = min(fitting, key=room.__getitem__)
        room[into] -= len(group)
        mine += group if into == index - 1 else ()
    # What is left fills up the parts, one after another.
    start = sum(room[: index - 1])
    mine += split[start : start + room[index - 1]]
    chosen = {(item.practice.id, item.name) for item in mine}
    return tuple(item for item in planned if (item.practice.id, item.name) in chosen)
