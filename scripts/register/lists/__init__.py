"""Lists for people, made of the register: who there is in each region, and where nobody is."""
