"""Whom Google packs a reply for: a program that takes gzip and whose name holds the word gzip.

https://developers.google.com/authorized-buyers/apis/performance-guide#gzip
"""

from __future__ import annotations

from collections.abc import Mapping


def wants_gzip(headers: Mapping[str, str]) -> bool:
    """Whether a request with these headers gets a packed reply."""
    return "gzip" in headers.get("Accept-Encoding", "") and "gzip" in headers.get("User-Agent", "")
