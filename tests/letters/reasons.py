"""All the reasons why somebody gets a letter or does not: each has its words."""

IN = ("own-municipality", "home-municipality", "area-of-activity", "nationwide")
"""Why somebody is invited."""

OUT = (
    *("no-id", "merged", "archived", "ended", "ends-before", "not-to-invite"),
    *("organisation-archived", "area", "no-place", "type", "group", "topic", "network"),
    *("no-address", "bad-address", "maybe-gone", "unsafe-name", "garbled-name", "strange-name"),
    *("ban-all", "ban-invitations", "ban-erased", "ban-key"),
    *("no-source", "refused", "vetoed", "already-invited", "same-mailbox", "same-human"),
)
"""Why somebody is left out; the first that holds is told."""

WARNINGS = ("meeting-past", "rsvp-missing", "rsvp-past", "rsvp-after-meeting")
"""What may look wrong with a meeting's dates."""
