"""Google's error bodies: https://cloud.google.com/apis/design/errors."""

from __future__ import annotations

from typing import Any

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(self, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.more = more

    def body(self) -> dict[str, Any]:
        """Return the body as Google words it."""
        status = STATUSES.get(self.code, "UNKNOWN")
        error = {"code": self.code, "message": self.message, "status": status, **self.more}
        return {"error": error}


def invalid(message: str) -> Refused:
    """Return the error of a request that says something impossible."""
    return Refused(400, message)


def unfit(field: str, message: str) -> Refused:
    """Return the error of a request that the API does not describe; ``field`` is where."""
    violation = {"description": message, **({"field": field} if field else {})}
    kind = "type.googleapis.com/google.rpc.BadRequest"
    return Refused(400, message, details=[{"@type": kind, "fieldViolations": [violation]}])


NOT_FOUND = "Requested entity was not found."
FORBIDDEN = "The caller does not have permission"
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)
