"""Numbers counted in advance, and the marks that say which of them no longer hold."""

from __future__ import annotations

from django.db import models


class Cell(models.Model):
    """The number of one figure over one month, or over one day, for the district or a town.

    ``town`` is a town's code, "" for the district, "none" for rows in which no town takes part.
    ``split`` is a dimension with ``value`` its value, both "" for the whole. "kind/venue:12" is the
    split by kind of what venue 12 holds. A day (``is_day``) is kept unsplit only.
    """

    figure = models.CharField(max_length=40)
    split = models.CharField(max_length=40)
    is_day = models.BooleanField()
    town = models.CharField(max_length=20)
    start_on = models.DateField()
    value = models.CharField(max_length=40)
    number = models.DecimalField(max_digits=24, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "split", "is_day", "town", "start_on", "value"],
                include=["number"],
                name="cell_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["figure", "split", "is_day", "start_on"],
                include=["town", "value", "number"],
                condition=~models.Q(town=""),
                name="cell_of_every_town",
            ),
            models.Index(fields=["start_on"], name="cell_start"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.town or 'district'} {self.start_on} {self.value}"


class CountedMonth(models.Model):
    """A month whose cells are there: all of them, zeros left out.

    ``last_on`` is the last day on which something counted happened, None in an empty month. The
    month is to be trusted while no mark names it.
    """

    month = models.DateField(primary_key=True)
    last_on = models.DateField(null=True)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Mark(models.Model):
    """A month whose rows were written since it was counted. Triggers insert these, in the same
    transaction as the write; nobody updates them, so that no writer waits for another."""

    month = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Change(models.Model):
    """That a table was written to. Triggers insert these, in the same transaction as the write;
    nobody updates them, so that no writer waits for another."""

    what = models.CharField(max_length=60)
    writes = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.writes}"
