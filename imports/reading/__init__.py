"""From the bytes of any office spreadsheet to tables whose cells keep their addresses.

`inspect.inspect_file` reads a file and guesses; `corrections.Corrections` says what a person chose
instead; `inspect.inspect_kept` reads once more from the cells that were kept (`kept`), without the
personal columns and without the file.
"""
