"""Rows as typed values, and what they mean: facts that every room agrees on."""
