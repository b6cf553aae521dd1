"""Files for other people's programs: tables as CSV, and XLSX behind a wall; sheets as their press made them."""
