"""Coming by a link: its secret leaves the address at once, and is kept by the browser alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.alliances.actions.circles import invite_to_circle, name_convener
from lichen_web.alliances.actions.membership import invite_colleague
from tests.web.pages.reading import browser, heading
from tests.web.people import WebCast, address, signed_up, token_for


def invited(cast: WebCast, email: str) -> str:
    invite_colleague(cast.hospital.lead, email=email, role="member", at=timezone.now())
    return token_for(email)


def test_the_secret_leaves_the_address_for_a_cookie(cast: WebCast):
    token = invited(cast, "nina@example.org")
    answer = browser().get(reverse("invitation", args=[token]))
    cookie = answer.cookies["lichen_invitation"]
    assert (answer["Location"], cookie.value) == (reverse("invitation_asked"), token)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 86400)


def test_the_secret_is_in_no_page_and_no_session(cast: WebCast):
    nina = signed_up("Nina New")
    token = invited(cast, address(nina))
    client = browser(nina)
    answer = client.get(reverse("invitation", args=[token]), follow=True)
    assert heading(answer) == "Join St Brigid's Hospital"
    assert token not in answer.content.decode()
    assert token not in str(dict(client.session))


def test_who_accepts_is_in_and_the_link_is_over(cast: WebCast):
    nina = signed_up("Nina New")
    client = browser(nina)
    client.get(reverse("invitation", args=[invited(cast, address(nina))]))
    answer = client.post(reverse("invitation_asked"))
    assert answer["Location"] == reverse("organisation", args=[cast.hospital.id])
    assert [each.id for each in own_organisations(nina.person)] == [cast.hospital.id]
    assert (answer.cookies["lichen_invitation"].value, client.get(reverse("invitation_asked")).status_code) == ("", 404)


def test_somebody_with_another_address_is_told_why_not(cast: WebCast):
    client = browser(cast.stranger.lead)
    client.get(reverse("invitation", args=[invited(cast, "nina@example.org")]))
    answer = client.post(reverse("invitation_asked"))
    assert (answer.status_code, heading(answer)) == (403, "Join St Brigid's Hospital")
    assert cast.hospital.id not in {each.id for each in own_organisations(cast.stranger.lead.person)}


def test_who_is_not_signed_in_accepts_nothing(cast: WebCast):
    token = invited(cast, "nina@example.org")
    client = browser()
    client.get(reverse("invitation", args=[token]))
    answer = client.post(reverse("invitation_asked"))
    assert answer.content.decode().count(f"?next={reverse('invitation_asked')}") == 2


def test_a_link_that_opens_nothing_says_so(db):
    answer = browser().get(reverse("invitation", args=["nothing"]), follow=True)
    assert (answer.status_code, heading(answer)) == (404, "This link opens nothing")


def test_the_desk_reminds_of_a_link_that_was_not_answered(cast: WebCast):
    nina = signed_up("Nina New")
    client = browser(nina)
    client.get(reverse("invitation", args=[invited(cast, address(nina))]))
    assert client.get(reverse("desk")).context["step"].address == reverse("invitation_asked")


def test_who_is_invited_to_vouch_comes_to_the_table(cast: WebCast):
    nina = signed_up("Nina New")
    name_convener(cast.host, circle=cast.circle, email=address(nina), at=timezone.now())
    client = browser(nina)
    client.get(reverse("invitation", args=[token_for(address(nina))]))
    assert client.post(reverse("invitation_asked"))["Location"] == reverse("circle_table", args=[cast.circle])


def test_who_is_invited_to_a_circle_goes_on_to_ask_for_their_organisation(cast: WebCast):
    stranger = cast.stranger.lead
    invite_to_circle(cast.convener, circle=cast.circle, email=address(stranger), at=timezone.now())
    client = browser(stranger)
    client.get(reverse("invitation", args=[token_for(address(stranger))]))
    onward = reverse("ask_to_join", args=[cast.stranger.id, cast.circle])
    assert client.post(reverse("invitation_asked"))["Location"] == onward
