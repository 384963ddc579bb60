"""Writes of activities: entering, submitting, reviewing, holding, and their photos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from activities import photos, queries, rules
from activities.entries import Entry, Hosting, Moment, Organisation, Sent, entry_of
from activities.models import Activity, Host, Photo
from activities.photos import Ready, Rejected
from core.audit import written
from core.editing import Stale, fill
from core.refusals import Refused, Rule, refuse_if_broken

FIRST_VERSION = 1
State, Review = Activity.State, Activity.Review


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: the record; what kept it from being submitted; refused photos."""

    activity: Activity
    broken: Sequence[Rule] = ()
    rejected: Sequence[Rejected] = field(default_factory=tuple)


def enter_activity(*, sent: Sent, token: UUID, moment: Moment, by: User) -> Entered:
    """Make a record of a new entry, once for each ``token``, and submit it when that was asked.

    An entry that is not complete enough to be submitted is kept as a draft. The same token once
    more is the same record; when other values come with it they are an edit of that record.
    Raises Refused when not even a draft can be made of it, Stale as ``edit_activity`` does.
    """
    _refuse_unsavable(sent, None, moment, by)
    ready, rejected = photos.shrink_all(sent.photos)
    with written(by=by, action=_name_of(sent)):
        activity, is_new = _made(sent.entry, token, moment, by)
        if not is_new:
            return _enter_again(activity, sent, ready, rejected, moment=moment, by=by)
        rejected += photos.store(activity, ready)
        broken = _submit(activity, moment) if sent.submit else ()
    return Entered(activity, broken, rejected)


def edit_activity(
    *, activity: Activity, sent: Sent, version: int, moment: Moment, by: User
) -> Entered:
    """Change what was entered, and submit it when that was asked.

    Photos that come along are kept first, whatever becomes of the rest. Raises Refused, or Stale
    when somebody else changed it after ``version``.
    """
    ready, rejected = photos.shrink_all(sent.photos)
    if ready:
        rejected += _add_photos(activity, ready, by)
    entered = _edit(activity, sent, version=version, moment=moment, by=by)
    return Entered(entered.activity, entered.broken, (*rejected, *entered.rejected))


def submit_activity(*, activity: Activity, moment: Moment, by: User) -> Activity:
    """Hand a draft or a returned activity to the district. Raises Refused with all that lacks."""
    with written(by=by, action="submit_activity"), _own(activity, by) as current:
        refuse_if_broken(rules.broken_by_editing(current))
        refuse_if_broken(_submit(current, moment))
    return current


def confirm_activity(*, activity: Activity, version: int, at: datetime, by: User) -> Activity:
    """Let it count. Confirming twice is confirming once."""
    with written(by=by, action="confirm_activity"):
        current = _locked(activity.pk)
        if current.version != version:
            raise Refused([rules.CHANGED_MEANWHILE])
        if current.review == Review.CONFIRMED:
            return current
        if current.review != Review.SUBMITTED:
            raise Refused([rules.NOT_WAITING])
        fill(current, {"review": Review.CONFIRMED, "reviewed_at": at, "return_reason": ""}).save()
    return current


@dataclass(frozen=True, slots=True)
class ConfirmedMany:
    """How many of the chosen were confirmed, and why the others were not."""

    count: int
    left: Sequence[tuple[Activity, Rule]]


def confirm_many(
    *, activities: Sequence[Activity], versions: Mapping[int, int], at: datetime, by: User
) -> ConfirmedMany:
    """Confirm each that still stands as it was seen; ``versions`` by the activity's key."""
    left: list[tuple[Activity, Rule]] = []
    with written(by=by, action="confirm_activity"):
        for one in sorted(activities, key=lambda activity: activity.pk):  # one order, no deadlock
            try:
                confirm_activity(activity=one, version=versions[one.pk], at=at, by=by)
            except Refused as refused:
                left.append((one, refused.rules[0]))
    return ConfirmedMany(len(activities) - len(left), left)


def return_activity(
    *, activity: Activity, reason: str, version: int, at: datetime, by: User
) -> Activity:
    """Give it back to whoever entered it, with the reason: to be put right and submitted again."""
    with written(by=by, action="return_activity", reason=reason):
        current = _locked(activity.pk)
        if current.version != version:
            raise Refused([rules.CHANGED_MEANWHILE])
        refuse_if_broken(rules.broken_by_returning(current, reason))
        values = {"review": Review.RETURNED, "reviewed_at": at, "return_reason": reason}
        fill(current, values).save()
    return current


def hold_activity(*, activity: Activity, headcount: int, moment: Moment, by: User) -> Activity:
    """What was planned has been held: with its headcount it goes to the district, once more."""
    with written(by=by, action="hold_activity"), _own(activity, by) as current:
        if current.state not in rules.AHEAD:
            raise Refused([rules.NOT_AHEAD])
        held = {"state": State.HELD, "headcount": headcount, "review": Review.DRAFT}
        fill(current, held)
        current.version += 1
        refuse_if_broken(_submit(current, moment))
    return current


def postpone_activity(
    *, activity: Activity, to: date | None, reason: str, today: date, by: User
) -> Activity:
    """Put off what was planned, to a day or without one."""
    with (
        written(by=by, action="postpone_activity", reason=reason),
        _own(activity, by) as current,
    ):
        refuse_if_broken(rules.broken_by_postponing(current, to=to, today=today))
        if to:
            fill(current, {"start_on": to, "end_on": _moved_end(current, to)})
        current.state = State.POSTPONED
        current.version += 1
        current.save()
    return current


def cancel_activity(*, activity: Activity, reason: str, by: User) -> Activity:
    """What was planned will not be."""
    with written(by=by, action="cancel_activity", reason=reason), _own(activity, by) as current:
        refuse_if_broken(rules.broken_by_cancelling(current, reason))
        current.state = State.CANCELLED
        current.version += 1
        current.save()
    return current


def delete_draft(*, activity: Activity, by: User) -> None:
    """Throw a draft, or what was returned, away. Its history stays."""
    with written(by=by, action="delete_activity"), _own(activity, by) as current:
        if current.review not in rules.DELETABLE:
            raise Refused([rules.NOT_DELETABLE])
        for photo in current.photos.all():
            photos.remove(photo)
        current.delete()


def add_photos(*, activity: Activity, files: Sequence[Any], by: User) -> Sequence[Rejected]:
    """Keep photos, shrunk and without their metadata; answers those that could not be kept."""
    ready, rejected = photos.shrink_all(files)
    return [*rejected, *_add_photos(activity, ready, by)]


def remove_photo(*, photo: Photo, by: User) -> None:
    with written(by=by, action="remove_photo"), _own(photo.activity, by) as current:
        refuse_if_broken(rules.broken_by_editing(current))
        photos.remove(photo)


# --- the parts of these acts ---


def _name_of(sent: Sent) -> str:
    return "submit_activity" if sent.submit else "save_draft"


def _refuse_unsavable(sent: Sent, current: Activity | None, moment: Moment, by: User) -> None:
    """Raise with everything that is broken, when it can't even be a draft.

    What has been submitted may be put right while it waits, as long as it stays complete.
    """
    entry = sent.entry
    kept = list(rules.broken_by_entry(entry, today=moment.today, town_ids=by.town_ids))
    is_waiting = current is not None and current.review == Review.SUBMITTED
    wanted: list[Rule] = []
    if sent.submit or is_waiting:
        state = entry.state_on(moment.today, current.state if current else "")
        wanted = _incomplete(entry, state, moment.today, but=current.pk if current else None)
    refuse_if_broken([*kept, *wanted] if kept or is_waiting else ())


def _incomplete(entry: Entry, state: str, today: date, *, but: int | None) -> list[Rule]:
    broken = list(rules.broken_by_submitting(entry, state=state, today=today))
    if entry.name and entry.start_on and queries.entered_twice(entry, but=but):
        broken.append(rules.ALREADY_ENTERED)
    return broken


def _made(entry: Entry, token: UUID, moment: Moment, by: User) -> tuple[Activity, bool]:
    """The record of this token, and whether it is new. Of many at once, one makes it."""
    state = entry.state_on(moment.today)
    first = {**entry.columns, "town": entry.town, "state": state, "entered_by": by}
    activity, is_new = Activity.objects.get_or_create(entry_token=token, defaults=first)
    if is_new:
        _write_hosts(activity, entry.hosts)
    return activity, is_new


def _enter_again(
    activity: Activity,
    sent: Sent,
    ready: list[Ready],
    rejected: list[Rejected],
    *,
    moment: Moment,
    by: User,
) -> Entered:
    """The form was sent before: nothing is made twice, and nothing newly typed is lost."""
    if ready and activity.review != Review.CONFIRMED:
        rejected += _add_photos(activity, ready, by)
    if entry_of(activity).says_the_same(sent.entry):
        with _own(activity, by) as current:
            is_draft = current.review == Review.DRAFT
            broken = _submit(current, moment) if sent.submit and is_draft else ()
        return Entered(current, broken, rejected)
    entered = _edit(activity, sent, version=FIRST_VERSION, moment=moment, by=by)
    return Entered(entered.activity, entered.broken, rejected)


def _edit(activity: Activity, sent: Sent, *, version: int, moment: Moment, by: User) -> Entered:
    with written(by=by, action=_name_of(sent)), _own(activity, by) as current:
        refuse_if_broken(rules.broken_by_editing(current))
        if current.version != version:
            raise Stale(current)
        _refuse_unsavable(sent, current, moment, by)
        entry = sent.entry
        state = entry.state_on(moment.today, current.state)
        fill(current, {**entry.columns, "town": entry.town, "state": state})
        current.version += 1
        current.save()
        _write_hosts(current, entry.hosts)
        for photo in current.photos.filter(pk__in=sent.dropped_photos):
            photos.remove(photo)
        is_open = current.review in {Review.DRAFT, Review.RETURNED}
        broken = _submit(current, moment) if sent.submit and is_open else ()
    return Entered(current, broken)


def _moved_end(activity: Activity, to: date) -> date | None:
    """The last day of several, moved along with the first."""
    return activity.end_on and to + (activity.end_on - activity.start_on)


def _submit(activity: Activity, moment: Moment) -> Sequence[Rule]:
    """Hand a locked record over; answers what it lacks, having done nothing then.

    The district's own needs nobody above it to confirm.
    """
    entry = entry_of(activity)
    if broken := _incomplete(entry, activity.state, moment.today, but=activity.pk):
        return broken
    is_own = activity.town_id is None
    activity.review = Review.CONFIRMED if is_own else Review.SUBMITTED
    activity.submitted_at = moment.at
    activity.reviewed_at = moment.at if is_own else None
    activity.return_reason = ""
    activity.save()
    return ()


def _write_hosts(activity: Activity, wanted: Sequence[Hosting]) -> None:
    """Make the hosts those wanted; rows that stay are left alone, so that history is quiet."""
    present = {Hosting(host.part, Organisation.of(host)): host for host in activity.hosts.all()}
    gone = [host.pk for hosting, host in present.items() if hosting not in wanted]
    if gone:
        activity.hosts.filter(pk__in=gone).delete()
    Host.objects.bulk_create(
        Host(activity=activity, part=one.part, **one.organisation.columns)
        for one in dict.fromkeys(wanted)
        if one not in present
    )


def _add_photos(activity: Activity, ready: Sequence[Ready], by: User) -> list[Rejected]:
    with written(by=by, action="add_photos"), _own(activity, by) as current:
        refuse_if_broken(rules.broken_by_editing(current))
        return photos.store(current, ready)


def _locked(pk: int) -> Activity:
    current = Activity.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if current is None:
        raise Refused([rules.GONE])
    return current


@contextmanager
def _own(activity: Activity, by: User) -> Iterator[Activity]:
    """The record as it stands now, locked, when it is this person's to write."""
    current = _locked(activity.pk)
    if not queries.may_write(current, by):
        raise Refused([rules.NOT_OWN])
    yield current
