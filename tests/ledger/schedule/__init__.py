"""Tests of timetables: plans and days in, what is said of them out."""
