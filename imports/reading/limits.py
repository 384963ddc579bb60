"""How much a file may hold, and how long and how large its reading may get."""

MEBIBYTE = 1 << 20

FILE_BYTES = 20 * MEBIBYTE
UNPACKED_BYTES = 300 * MEBIBYTE
SHARED_STRINGS_BYTES = 64 * MEBIBYTE
MEMBERS = 2_000

SHEETS = 60
ROWS = 100_000
# Titles, headers and totals come on top of the records; an upper bound on row numbers read.
ROW_NUMBERS = ROWS + 200
COLUMNS = 300
CELLS = 2_000_000
# A stray cell far out makes a dense block of mostly nothing; up to here it is still walked.
DENSE_AREA = 3_000_000
STRAY_CELLS = 20
CELL_CHARACTERS = 32_767
LINE_CHARACTERS = MEBIBYTE
MERGES = 200_000

CHILD_MEMORY_BYTES = 1024 * MEBIBYTE
CHILD_CPU_SECONDS = 15
CHILD_WALL_SECONDS = 25
# Of a file that the background reads, where nobody waits and much else may be going on.
UNHURRIED_CPU_SECONDS = 45
UNHURRIED_WALL_SECONDS = 240
ANSWER_BYTES = 160 * MEBIBYTE
