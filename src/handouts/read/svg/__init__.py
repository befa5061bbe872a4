"""SVG drawings from strangers, checked before they are used."""
