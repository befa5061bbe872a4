"""The functions that replace those of WeasyPrint can be switched off; what is laid out so is kept apart."""

import pytest

from handouts.provenance.versions import read_engine_versions, uses_patches


def test_patches_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOUTS_PATCHES", raising=False)
    usual = read_engine_versions()
    assert uses_patches()

    monkeypatch.setenv("HANDOUTS_PATCHES", "off")

    assert not uses_patches()
    assert read_engine_versions() == {**usual, "patches": "off"}
