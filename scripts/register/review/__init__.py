"""Questions to people in Tarkista: asked, decided, carried out or answered, and kept quiet.

One :class:`~register.review.question.Question` and one life cycle for every kind, whatever raised
it: a rule, a pair of rows, Saapuneet, cooperation, a message, an open register.
"""
