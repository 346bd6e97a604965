"""A DNS server on loopback that knows the TXT records it is given, and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class NameServer:
    """``records`` holds the TXT records by name; a name that maps to None is answered SERVFAIL."""

    def __init__(self, records: dict[str, list[str] | None]) -> None:
        self.records = records
        self.asked: list[str] = []
        self.address = ""

    @contextmanager
    def running(self) -> Iterator[NameServer]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind(("127.0.0.1", 0))
            udp.settimeout(0.1)
            self.address = f"127.0.0.1:{udp.getsockname()[1]}"
            over = threading.Event()
            thread = threading.Thread(target=self._serve, args=(udp, over), daemon=True)
            thread.start()
            try:
                yield self
            finally:
                over.set()
                thread.join()

    def _serve(self, udp: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            try:
                wire, peer = udp.recvfrom(4096)
            except TimeoutError:
                continue
            udp.sendto(self._answer(dns.message.from_wire(wire)).to_wire(), peer)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        (question,) = query.question
        name = question.name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        answer = dns.message.make_response(query, recursion_available=True)
        found = self.records.get(name, [])
        if found is None:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif found:
            words = [
                " ".join(f'"{text[i : i + 200]}"' for i in range(0, len(text), 200))
                for text in found
            ]
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *words))
        return answer
