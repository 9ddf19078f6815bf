"""XLSForm in and out: a form as a workbook of the sheets survey, choices and settings, and back, without loss."""
