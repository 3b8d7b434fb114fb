from django.urls import path

from members.views import chapters, invitations, people, representatives

app_name = "members"

urlpatterns = [
    path("chapters/", chapters.chapter_list, name="chapter_list"),
    path("chapters/<slug:slug>/", chapters.chapter_detail, name="chapter_detail"),
    path("teams/<int:pk>/", chapters.team_detail, name="team_detail"),
    path("people/", people.person_list, name="person_list"),
    path("people/suggest", people.person_suggest, name="person_suggest"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/me/", people.profile, name="profile"),
    path("people/terms/", people.terms, name="terms"),
    path("representatives/", representatives.representatives, name="representatives"),
    path("representatives/ask/", representatives.representatives_ask, name="representatives_ask"),
    path("representatives/remember/", representatives.place_remember, name="place_remember"),
    path("representatives/forget/", representatives.place_forget, name="place_forget"),
    path("people/invitations/", invitations.invitation_list, name="invitation_list"),
    path("people/invitations/new/", invitations.invitation_create, name="invitation_create"),
    path("people/invitations/<int:pk>/send-again/", invitations.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:pk>/withdraw/", invitations.invitation_revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
]
