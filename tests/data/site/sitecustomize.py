"""Read by each Python of a test's terminal: asks the test's name server for domains, as if
/etc/resolv.conf named it."""

import os
from contextlib import suppress

with suppress(ImportError):
    from dns.resolver import Resolver

    def _read(self, _file):
        host, _, port = os.environ["TESTS_RESOLVER"].rpartition(":")
        self.nameservers, self.port = [host], int(port)

    Resolver.read_resolv_conf = _read
