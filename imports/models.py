"""An import: the file as received, how it was understood, each row with what became of it.

And what was learnt from corrections: the field a header means, the words a field goes by.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chambers.models import Chamber
from core.audit import tracked
from core.said import told
from core.scoping import RowModel, TownScopedQuerySet
from jobs.models import Job
from towns.models import Town

# The kinds of lists, as imports.plans.registry calls them.
KINDS = {
    "members": _("会员名册"),
    "venues": _("阵地清单"),
    "activities": _("活动清单"),
    "posts": _("村居与统战岗位"),
    "honours": _("荣誉清单"),
}


class BatchQuerySet(TownScopedQuerySet[RowModel]):
    """Batches, scoped by the town they concern, their own or that of their chamber."""

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> models.Q:
        return models.Q(town_id__in=town_ids) | models.Q(chamber__town_id__in=town_ids)


@tracked(exclude=["understanding"])
class Batch(models.Model):
    """One import of one file into one plan, for one chamber, one town or the whole district.

    ``policies`` says by field what becomes of a value that stands in the register already
    (``imports.plans.base.Policy``); a field without one is overwritten. The upload itself is not
    kept. ``understanding`` says how it was read: sheets, header rows, fields by column, what was
    left out and why.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving", _("读取中")
        UNREAD = "unread", _("未能读取")
        COMPARING = "comparing", _("重新核对中")
        PREVIEW = "preview", _("待确认")
        COMMITTING = "committing", _("导入中")
        COMMITTED = "committed", _("已导入")
        UNDOING = "undoing", _("撤销中")
        UNDONE = "undone", _("已撤销")
        FAILED = "failed", _("失败")
        DISCARDED = "discarded", _("已放弃")

    plan = models.CharField(_("内容"), max_length=30, choices=KINDS)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, related_name="batches", null=True, blank=True
    )
    town = models.ForeignKey(
        Town,
        models.PROTECT,
        related_name="batches",
        verbose_name=_("街镇"),
        null=True,
        blank=True,
    )
    file_name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    understanding = models.JSONField(default=dict)
    policies = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PREVIEW)
    counts = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, related_name="+", null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    committed_at = models.DateTimeField(_("导入时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "chamber", "town", "sha256"],
                name="batch_committed_one_at_a_time",
                condition=models.Q(state="committing"),
                nulls_distinct=False,
                violation_error_message=_("同一文件正在导入。"),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def whose(self) -> str:
        """The chamber or town whose list it is, in words; the district's names neither.

        Members are always a chamber's: while nobody said which, that is told.
        """
        nobody = _("待选商会") if self.plan == "members" else _("全区")
        return str(self.chamber or self.town or nobody)


class Row(models.Model):
    """A row of the file: where it stands, its cleaned values, the verdict, and what it touched.

    Records of the register that the file does not name follow as rows without a number. ``record``
    is the record a row means ("app.model:pk"), ``keys`` what else may mean the same, ``choice``
    what a person decided of it, ``corrections`` by field what the file said before somebody
    corrected the cell.

    ``before`` and ``after`` hold the exact values of each touched record, keyed "app.model:pk", so
    that undo can restore them and can tell what was changed since. ``outcome`` and its reason say
    what became of the row when the batch was undone.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("有变化")
        SAME = "same", _("相同")
        PROBLEM = "problem", _("要处理")
        OMITTED = "omitted", _("不导入")
        ABSENT = "absent", _("名单上没有")
        LEAVING = "leaving", _("将登记离开")

    # The index of the constraint below begins with it.
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    changes = models.JSONField(default=dict)
    record = models.CharField(max_length=60, blank=True)
    keys = models.JSONField(default=list)
    is_warned = models.BooleanField(default=False)
    choice = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)
    outcome_said = models.JSONField(default=dict)  # the same as core.said keeps it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["batch", "verdict", "position"], name="import_row_verdict"),
            models.Index(
                fields=["batch", "position"],
                name="import_row_warned",
                condition=models.Q(is_warned=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.number}"

    @property
    def outcome_words(self) -> str:
        """Why undoing left the row, in the language of whoever reads it."""
        return told({"message": self.outcome_reason, **self.outcome_said})


class WaitingFile(models.Model):
    """A file between its upload and its reading, sealed; the reading deletes it."""

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="waiting_file")
    sealed = models.BinaryField()
    taken_in_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.batch_id)


class KeptGrid(models.Model):
    """The cells of a file, compressed and without personal columns, so that it can be read again.

    ``content`` is what ``imports.reading.kept`` packs; the file itself is never stored. It is
    deleted after ``settings.IMPORT_KEPT_DAYS``.
    """

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="kept_grid")
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.batch_id)


@tracked()
class RememberedMapping(models.Model):
    """What a person said a header means; the next file of this person, or office, is read so.

    ``fields``: the names of the fields, with commas when the column fills several, "" when it is
    not to be imported.
    """

    plan = models.CharField(_("内容"), max_length=30, choices=KINDS)
    header = models.CharField(_("表头"), max_length=200)
    header_key = models.CharField(max_length=200)
    fields = models.CharField(_("对应的项"), max_length=200, blank=True)
    remembered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记住人")
    )
    remembered_at = models.DateTimeField(_("记住时间"))

    class Meta:
        verbose_name = _("记住的表头")
        verbose_name_plural = _("记住的表头")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "header_key", "remembered_by"],
                name="mapping_remembered_once",
                violation_error_message=_("这个表头已经记住。"),
            )
        ]

    def __str__(self) -> str:
        return self.header


@tracked()
class HeaderWord(models.Model):
    """A word an administrator added, by which the headers of a field are recognised."""

    plan = models.CharField(_("内容"), max_length=30, choices=KINDS)
    field = models.CharField(_("对应的项"), max_length=30)
    word = models.CharField(_("表头用词"), max_length=50)
    word_key = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("表头用词")
        verbose_name_plural = _("表头用词")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "word_key"],
                name="header_word_means_one_field",
                violation_error_message=_("这个词已经有对应的项。"),
            )
        ]

    def __str__(self) -> str:
        return self.word


class ThroughBatchQuerySet(TownScopedQuerySet[RowModel]):
    """Rows that belong to a batch, seen by whoever sees the batch."""

    @classmethod
    def in_towns(cls, town_ids: frozenset[int]) -> models.Q:
        seen = Batch.objects.filter(BatchQuerySet.in_towns(town_ids))
        return models.Q(batch__in=seen)


@tracked()
class Decision(models.Model):
    """What a person changed in a preview: a cell, what a row means, who leaves, a column's policy.

    ``sheet`` and ``number`` say which row, as the file has it; 0 when it concerns all rows.
    ``before`` and ``after`` are texts as they were shown.
    """

    class Kind(models.TextChoices):
        CELL = "cell", _("改单元格")
        MATCH = "match", _("认定是谁")
        OMIT = "omit", _("不导入此行")
        LEAVING = "leaving", _("登记离开")
        POLICY = "policy", _("写入方式")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="decisions", editable=False)
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    number = models.PositiveIntegerField(_("行号"), default=0)
    kind = models.CharField(_("改动"), max_length=10, choices=Kind.choices)
    field = models.CharField(_("项"), max_length=30, blank=True)
    before = models.TextField(_("原来"), blank=True)
    after = models.TextField(_("改为"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("改动人")
    )
    made_at = models.DateTimeField(_("改动时间"), auto_now_add=True)

    objects = ThroughBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("预览中的改动")
        verbose_name_plural = _("预览中的改动")
        indexes = [models.Index(fields=["batch", "-id"], name="import_decision_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.before} → {self.after}"
