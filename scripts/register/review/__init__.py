"""Questions to people in ``review``: asked, decided, carried out or answered, and silenced.

One :class:`~register.review.question.Question` and one life cycle for every kind, whatever raised
it: a rule, a candidate pair, ``inbox``, cooperation, a message, an open register.
"""
