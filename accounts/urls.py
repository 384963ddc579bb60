"""Addresses of signing in, of one's own account and of the administration of users."""

from django.urls import path

from accounts.views import feedback, own, saved_views, signing, users

app_name = "accounts"

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/second-factor/", signing.verify_second_factor, name="verify_second_factor"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("profile/", own.profile, name="profile"),
    path("profile/password/", own.change_password, name="change_password"),
    path("profile/second-factor/", own.second_factor, name="second_factor"),
    path("profile/second-factor/begin/", own.begin_second_factor, name="begin_second_factor"),
    path("profile/second-factor/codes/", own.issue_recovery_codes, name="issue_recovery_codes"),
    path("profile/second-factor/remove/", own.remove_second_factor, name="remove_second_factor"),
    path("users/", users.list_users, name="list_users"),
    path("users/roles/", users.list_roles, name="list_roles"),
    path("users/new/", users.create_user, name="create_user"),
    path("users/<int:pk>/", users.show_user, name="show_user"),
    path("users/<int:pk>/edit/", users.edit_user, name="edit_user"),
    path("users/<int:pk>/disable/", users.disable_user, name="disable_user"),
    path("users/<int:pk>/enable/", users.enable_user, name="enable_user"),
    path("users/<int:pk>/unlock/", users.unlock_user, name="unlock_user"),
    path("users/<int:pk>/reset-password/", users.reset_password, name="reset_password"),
    path(
        "users/<int:pk>/reset-second-factor/",
        users.reset_second_factor,
        name="reset_second_factor",
    ),
    path("views/", saved_views.list_views, name="list_views"),
    path("views/save/", saved_views.save_view, name="save_view"),
    path("views/<int:pk>/edit/", saved_views.edit_view, name="edit_view"),
    path("views/<int:pk>/delete/", saved_views.delete_view, name="delete_view"),
    path("views/<int:pk>/default/", saved_views.choose_default_view, name="choose_default_view"),
    path("feedback/", feedback.give_feedback, name="give_feedback"),
    path("feedback/all/", feedback.list_feedback, name="list_feedback"),
    path("feedback/<int:pk>/", feedback.answer_feedback, name="answer_feedback"),
]
