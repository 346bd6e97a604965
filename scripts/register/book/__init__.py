"""The register as data: its definition, its tabs and rows, and the plans that change them."""
