"""Sample registers, made by a seed from the reference tables: nobody in them is real."""
