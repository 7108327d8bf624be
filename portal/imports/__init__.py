"""Taking in lists from files: schools, objectives, vocabularies. `importer.py` says how."""
