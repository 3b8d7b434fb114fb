"""The national report: one document, built once, and shown as a page, PDF, workbook, CSV or plain text."""
