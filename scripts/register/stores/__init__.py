"""Where a register is kept: a local workbook, a Google Sheet. Each fulfils ports.Store."""
