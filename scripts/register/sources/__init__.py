"""Read lists from files and open registers."""
