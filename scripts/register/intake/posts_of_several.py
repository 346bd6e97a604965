"""What letters call several people at once, and the post that each of them has."""

POSTS_OF_ALL = {
    "jäsenet": "jäsen",
    "muut jäsenet": "jäsen",
    "varajäsenet": "varajäsen",
    "ledamöter": "ledamot",
    "övriga ledamöter": "ledamot",
    "suppleanter": "suppleant",
    "suppleant": "suppleant",
    "medlemmar": "medlem",
    "members": "member",
    "deputy members": "deputy member",
    "toimihenkilöt": "toimihenkilö",
    "yhteyshenkilöt": "yhteyshenkilö",
    "kontaktpersoner": "kontaktperson",
    "hallituksen jäsenet": "hallituksen jäsen",
    "styrelsemedlemmar": "styrelseledamot",
    "board members": "board member",
}
"""What is said of several people at once: the post of each."""

POSTS_OF_SEVERAL = frozenset(POSTS_OF_ALL.values())
