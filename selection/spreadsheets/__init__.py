"""Files that come from a spreadsheet: read row by row, with every fault named by its row and its column."""
