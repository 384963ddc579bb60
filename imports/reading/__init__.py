"""From the bytes of any office spreadsheet to tables whose cells keep their addresses."""
