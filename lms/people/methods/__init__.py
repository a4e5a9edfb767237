"""Calculation over plain data: no database, no request, no clock."""
