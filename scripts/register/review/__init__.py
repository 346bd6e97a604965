"""Questions to people in ``review``: asked, decided, carried out or answered, and kept quiet.

One :class:`~register.review.question.Question` and one life cycle for every kind, whatever raised
it: a rule, a pair of rows, ``inbox``, cooperation, a message, an open register.
"""
