"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from activities.views import entry, kinds, lists, photos, records, review

app_name = "activities"

urlpatterns = [
    path("activities/", lists.list_activities, name="list_activities"),
    path("activities/new/", entry.enter_activity, name="enter_activity"),
    path("activities/kinds/", kinds.list_activitykinds, name="list_activitykinds"),
    path("activities/kinds/new/", kinds.create_activitykind, name="create_activitykind"),
    path("activities/kinds/<int:pk>/edit/", kinds.edit_activitykind, name="edit_activitykind"),
    path(
        "activities/kinds/<int:pk>/remove/", kinds.remove_activitykind, name="remove_activitykind"
    ),
    path("activities/suggest/venues/", lists.suggest_venues, name="suggest_venues"),
    path("activities/suggest/hosts/", lists.suggest_hosts, name="suggest_hosts"),
    path("activities/waiting/", review.list_waiting, name="list_waiting"),
    path("activities/waiting/confirm/", review.confirm_chosen, name="confirm_chosen"),
    path("activities/<int:pk>/", records.show_activity, name="show_activity"),
    path("activities/<int:pk>/edit/", entry.edit_activity, name="edit_activity"),
    path("activities/<int:pk>/submit/", records.submit_activity, name="submit_activity"),
    path("activities/<int:pk>/review/", review.review_activity, name="review_activity"),
    path("activities/<int:pk>/confirm/", review.confirm_activity, name="confirm_activity"),
    path("activities/<int:pk>/return/", review.return_activity, name="return_activity"),
    path("activities/<int:pk>/hold/", records.hold_activity, name="hold_activity"),
    path("activities/<int:pk>/postpone/", records.postpone_activity, name="postpone_activity"),
    path("activities/<int:pk>/cancel/", records.cancel_activity, name="cancel_activity"),
    path("activities/<int:pk>/delete/", records.delete_draft, name="delete_draft"),
    path("activities/<int:pk>/photos/", entry.add_photos, name="add_photos"),
    path("activities/photos/<int:pk>/", photos.show_photo, name="show_photo"),
    path("activities/photos/<int:pk>/remove/", entry.remove_photo, name="remove_photo"),
    path("activities/photos/<int:pk>/small/", photos.show_thumbnail, name="show_thumbnail"),
]
