"""The report as a file: PDF, workbook, CSV, HTML, and plain text for mail, all from the same `Document`."""
