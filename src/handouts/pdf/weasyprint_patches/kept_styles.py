"""Reuses computed styles from one layout of a document to the next: most elements have the same ones in all of them.

Values that were computed stay in the styles, and lines of text in the same styles need not be laid out again.
"""

from collections.abc import Hashable
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css import StyleFor

_Untyped = Any  # WeasyPrint has no types


def reuse_styles() -> None:
    """Make WeasyPrint take computed styles from the `kept_layout` of a document, if it has one."""
    StyleFor.kept_layout = None
    StyleFor.__init__ = _init
    StyleFor.set_computed_styles = _set_computed_styles


_init_original = StyleFor.__init__
_set_original = StyleFor.set_computed_styles


def _init(styles: _Untyped, html: _Untyped, *others: _Untyped) -> None:
    styles.kept_layout = getattr(html, "kept_layout", None)
    _init_original(styles, html, *others)


def _set_computed_styles(  # noqa: PLR0913, PLR0917 - the signature in WeasyPrint
    styles: _Untyped,
    element: _Untyped,
    parent: _Untyped,
    root: _Untyped = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: _Untyped = None,
) -> None:
    def compute() -> None:
        _set_original(styles, element, parent, root, pseudo_type, base_url, target_collector)

    if styles.kept_layout is None or not isinstance(element, Element):  # a page, whose style changes
        compute()
        return
    kept, computed = styles.kept_layout.styles, styles.get_computed_styles()
    cascaded = styles.get_cascaded_styles().get((element, pseudo_type), {})
    parent_style = None if parent is None else computed[parent, None]
    key = id(parent_style), pseudo_type, *map(_identify, cascaded.items())
    if key in kept:
        style = computed[element, pseudo_type] = kept[key][0]
        if target_collector and style["anchor"]:
            target_collector.collect_anchor(style["anchor"])
    else:
        compute()
        # What is known by its id must live as long as the key.
        kept[key] = computed[element, pseudo_type], parent_style, cascaded


def _identify(declaration: tuple[str, tuple[_Untyped, _Untyped]]) -> Hashable:
    """Return what tells a declaration from others; those of attributes are parsed again for each layout."""
    name, (value, weight) = declaration
    is_text = isinstance(value, str) or (type(value) is tuple and all(type(part) is str for part in value))
    return name, value if is_text else id(value), weight
