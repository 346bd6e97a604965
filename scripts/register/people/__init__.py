"""What the rows of Yhteyshenkilöt and of Valikot's owners mean: facts that every room agrees on."""
