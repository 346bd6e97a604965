"""Duplicates: pairs with their evidence, which are certain, how two rows are merged."""
