"""Photos of activities: kept once, out of reach of strangers, gone with what they belong to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import actions, rules
from activities.models import Activity, Host, Photo
from core.refusals import Refused
from tests import factories
from tests.activities.conftest import Enter
from tests.activities.pictures import SECRET, hostile, photo, upload
from tests.conftest import SignedIn
from towns.models import Town

pytestmark = pytest.mark.django_db


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def status_of(browser: Client, url: str) -> int:
    """The status of an answer that is read to its end, which closes its file."""
    answer = browser.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return int(answer.status_code)


@pytest.fixture
def with_photo(enter: Enter) -> Activity:
    return enter(photos=[upload(photo())]).activity


def test_a_photo_is_kept_small_under_a_random_name(with_photo: Activity, media: Path) -> None:
    kept = with_photo.photos.get()
    assert (kept.width, kept.height) == (640, 480)
    assert len(stored(media)) == 2
    assert not [name for name in stored(media) if "IMG" in name]
    assert SECRET.encode() not in (media / str(kept.file.name)).read_bytes()


def test_a_photo_sent_twice_is_kept_once(with_photo: Activity, liaison: User, media: Path) -> None:
    files = [upload(photo()), upload(photo(), "copy.jpg"), upload(photo(shade=90))]
    assert not actions.add_photos(activity=with_photo, files=files, by=liaison)
    assert with_photo.photos.count() == 2
    assert len(stored(media)) == 4


def test_what_is_no_photo_is_told_by_name_and_the_others_are_kept(enter: Enter) -> None:
    content, _rule = hostile()["page_named.jpg"]
    entered = enter(submit=True, photos=[upload(content, "page.jpg"), upload(photo())])
    assert [str(one) for one in entered.rejected] == [f"page.jpg：{rules.NOT_A_PHOTO}"]
    assert entered.activity.photos.count() == 1
    assert not entered.broken


def test_nine_are_enough(enter: Enter, liaison: User) -> None:
    activity = enter().activity
    many = [upload(photo(size=(40, 30), shade=20 * n), f"{n}.jpg") for n in range(11)]
    rejected = actions.add_photos(activity=activity, files=many, by=liaison)
    assert [one.rule for one in rejected] == [rules.TOO_MANY_PHOTOS] * 2
    assert activity.photos.count() == rules.MOST_PHOTOS


def test_photos_come_with_the_entry_even_when_it_can_not_be_submitted(enter: Enter) -> None:
    entered = enter(submit=True, headcount=None, photos=[upload(photo())])
    assert entered.broken
    assert Activity.objects.get().photos.count() == 1


def test_a_full_store_takes_nothing_and_writes_no_row(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil._ntuple_diskusage(10**12, 10**12, 499 * 1024 * 1024)
    monkeypatch.setattr("core.storage_room.shutil.disk_usage", lambda _path: usage)
    entered = enter(photos=[upload(photo())])
    assert [one.rule for one in entered.rejected] == [rules.NO_ROOM]
    assert not Photo.objects.exists()


def test_a_write_that_breaks_off_leaves_neither_row_nor_file(
    enter: Enter, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any, **_words: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.db.models.fields.files.FieldFile.save", full)
    entered = enter(photos=[upload(photo())])
    assert [one.rule for one in entered.rejected] == [rules.NO_ROOM]
    assert not Photo.objects.exists()
    assert not stored(media)


def test_a_removed_photo_takes_its_files_along(
    with_photo: Activity,
    liaison: User,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo=with_photo.photos.get(), by=liaison)
    assert not with_photo.photos.exists()
    assert not stored(media)


def test_a_deleted_draft_takes_its_photos_along(
    with_photo: Activity,
    liaison: User,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_draft(activity=with_photo, by=liaison)
    assert not stored(media)


def test_a_photo_is_removed_on_the_page_of_its_activity(
    with_photo: Activity, liaison: User, other_liaison: User, signed_in: SignedIn
) -> None:
    url = reverse("activities:remove_photo", args=[with_photo.photos.get().pk])
    assert url in signed_in(liaison).get(with_photo.get_absolute_url()).content.decode()
    assert signed_in(other_liaison).post(url).status_code == 404
    assert with_photo.photos.exists()
    assert signed_in(liaison).post(url)["Location"] == with_photo.get_absolute_url()
    assert not with_photo.photos.exists()


def test_what_is_confirmed_offers_no_removal_and_refuses_it(
    with_photo: Activity, liaison: User, signed_in: SignedIn
) -> None:
    Activity.objects.update(review=Activity.Review.CONFIRMED)
    url = reverse("activities:remove_photo", args=[with_photo.photos.get().pk])
    page = signed_in(liaison)
    assert url not in page.get(with_photo.get_absolute_url()).content.decode()
    told = page.post(url, follow=True).content.decode()
    assert str(rules.CONFIRMED_ALREADY) in told
    assert with_photo.photos.exists()


def test_photos_of_what_is_confirmed_stay_as_they_are(with_photo: Activity, liaison: User) -> None:
    Activity.objects.update(review=Activity.Review.CONFIRMED)
    for act in (
        lambda: actions.remove_photo(photo=with_photo.photos.get(), by=liaison),
        lambda: actions.add_photos(activity=with_photo, files=[upload(photo(shade=9))], by=liaison),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.rules == (rules.CONFIRMED_ALREADY,)


def test_another_town_changes_no_photos(with_photo: Activity, other_liaison: User) -> None:
    with pytest.raises(Refused) as refused:
        actions.remove_photo(photo=with_photo.photos.get(), by=other_liaison)
    assert refused.value.rules == (rules.NOT_OWN,)


@pytest.mark.parametrize("name", ["show_photo", "show_thumbnail"])
def test_a_photo_is_served_to_its_own_people_and_to_nobody_else(
    with_photo: Activity,
    liaison: User,
    other_liaison: User,
    officer: User,
    signed_in: SignedIn,
    name: str,
) -> None:
    kept = with_photo.photos.get()
    url = reverse(f"activities:{name}", args=[kept.pk])
    answer = signed_in(liaison).get(url)
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert status_of(signed_in(other_liaison), url) == 404
    assert status_of(signed_in(officer), url) == 404  # a draft is its town's alone
    assert status_of(Client(), url) == 302
    Activity.objects.update(review=Activity.Review.SUBMITTED)
    assert status_of(signed_in(officer), url) == 200
    assert status_of(signed_in(other_liaison), url) == 404


def test_a_partner_town_sees_the_photos_once_it_is_submitted(
    with_photo: Activity, other_liaison: User, other_town: Town, signed_in: SignedIn
) -> None:
    Host.objects.create(activity=with_photo, part=Host.Part.CO_HOST, town=other_town)
    url = reverse("activities:show_photo", args=[with_photo.photos.get().pk])
    assert status_of(signed_in(other_liaison), url) == 404
    Activity.objects.update(review=Activity.Review.SUBMITTED)
    assert status_of(signed_in(other_liaison), url) == 200


@pytest.mark.parametrize(
    "spelling",
    [
        "../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%252f..%252fetc%252fpasswd",
        "....//....//etc/passwd",
        "..\\..\\etc\\passwd",
        "..%5c..%5cetc%5cpasswd",
        "/etc/passwd",
        "//etc/passwd",
        "%00/etc/passwd",
        "1%00.jpg",
        "activities/2024/05/x.jpg",
    ],
)
@pytest.mark.parametrize("place", ["/activities/photos/", "/media/", "/static/../media/"])
def test_no_spelling_of_a_path_reaches_a_file(
    with_photo: Activity, liaison: User, signed_in: SignedIn, place: str, spelling: str
) -> None:
    answer = signed_in(liaison).get(f"{place}{spelling}")
    assert answer.status_code in {301, 404}
    assert b"root:" not in answer.content


def test_the_stored_file_has_no_address_of_its_own(
    with_photo: Activity, liaison: User, signed_in: SignedIn
) -> None:
    name = str(with_photo.photos.get().file.name)
    for place in ("/media/", "/", "/static/"):
        assert signed_in(liaison).get(f"{place}{quote(name)}").status_code == 404


def test_a_missing_file_is_a_picture_that_says_so(
    with_photo: Activity, liaison: User, signed_in: SignedIn, media: Path
) -> None:
    shutil.rmtree(media)
    browser = signed_in(liaison)
    answer = browser.get(reverse("activities:show_photo", args=[with_photo.photos.get().pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "照片文件缺失" in answer.content.decode()
    assert browser.get(with_photo.get_absolute_url()).status_code == 200


def test_photos_are_added_on_the_page_of_the_record(
    with_photo: Activity, liaison: User, signed_in: SignedIn
) -> None:
    url = reverse("activities:add_photos", args=[with_photo.pk])
    page = signed_in(liaison).post(
        url, {"photos": [upload(photo(shade=77)), upload(b"<html>", "page.jpg")]}, follow=True
    )
    assert f"page.jpg：{rules.NOT_A_PHOTO}" in page.content.decode()
    assert with_photo.photos.count() == 2


def test_ten_files_at_once_are_refused_in_words(
    with_photo: Activity, liaison: User, signed_in: SignedIn
) -> None:
    url = reverse("activities:add_photos", args=[with_photo.pk])
    files = [upload(b"x", f"{n}.jpg") for n in range(10)]
    page = signed_in(liaison).post(url, {"photos": files}, follow=True)
    assert "最多 9 张照片，这次选了 10 张。" in page.content.decode()


def test_a_photo_over_the_limit_is_told_its_limit(enter: Enter) -> None:
    large = SimpleUploadedFile("large.jpg", b"")
    large.size = 20 * 1024 * 1024 + 1
    assert [str(one) for one in enter(photos=[large]).rejected] == [
        f"large.jpg：{rules.PHOTO_TOO_LARGE}"
    ]


def test_a_town_reads_the_photos_of_its_own_draft_in_scope(
    with_photo: Activity, liaison: User, officer: User, administrator: User
) -> None:
    assert Photo.objects.visible_to(liaison).count() == 1
    assert not Photo.objects.visible_to(officer).exists()
    assert not Host.objects.visible_to(administrator).exists()
    factories.activity(None, review=Activity.Review.DRAFT)
    assert Activity.objects.visible_to(officer).count() == 1
