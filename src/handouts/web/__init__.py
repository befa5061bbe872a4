"""Web: the page for the front desk, served on this machine. A thin face over read, compose and typeset."""
