"""The public API: what `import handouts` offers to other programs."""
