"""Where a register is kept: a local workbook or a Google Sheet, behind the port ``Store``."""
