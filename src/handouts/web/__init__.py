"""The front desk: a page in the browser to choose, preview and print handouts."""
