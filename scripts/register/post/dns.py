"""DNS look-ups, by this computer's resolver or a configured one."""

import dns.exception
import dns.name
import dns.resolver

from register.book.errors import ConfigError, TemporaryFailure

_SECONDS = 10.0
_MOST = 50
"""The most records of one name that are read."""


class Resolver:
    """Looks up TXT records; ``server`` is ``address:port``, '' for the computer's own resolver."""

    def __init__(self, server: str = "") -> None:
        """Raise ConfigError if no server is given and this computer has no resolver."""
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.resolver.NoResolverConfiguration as fault:
            raise ConfigError(
                "This computer does not know whom to ask for domain names.",
                remedy="Name a DNS server in the configuration: [post] resolver.",
            ) from fault
        if server:
            host, _, port = server.rpartition(":")
            self._resolver.nameservers = [host.strip("[]")]
            self._resolver.port = int(port)
        self._resolver.lifetime = _SECONDS

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name; () if there are none.

        Raises TemporaryFailure if the resolver does not answer.
        """
        try:
            answer = self._resolver.resolve(dns.name.from_text(name), "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong):
            return ()
        except (dns.exception.DNSException, OSError, UnicodeError) as fault:
            raise TemporaryFailure(
                "The records of {name} cannot be asked for: {fault}",
                remedy="Check the network; then give the same command again.",
                name=name,
                fault=type(fault).__name__,
            ) from fault
        return tuple(
            b"".join(record.strings).decode("utf-8", "backslashreplace")
            for record in list(answer)[:_MOST]
        )
