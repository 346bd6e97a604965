"""Verkosto: the contact register of an association network, kept in a sheet that people edit."""
