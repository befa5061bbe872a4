"""Printing: send a PDF to a printer over IPP and watch the job."""
