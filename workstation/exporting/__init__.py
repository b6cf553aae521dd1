"""Tables in files for other people's programs: CSV, and XLSX behind a wall."""
