"""Builders of the spreadsheets the importer is tested on: awkward ones, and hostile ones."""
