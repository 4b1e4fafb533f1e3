"""Tests of measuring: lights."""
