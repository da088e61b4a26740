"""Nothing on the site leads nowhere."""

from django.test import Client

from tests import walk


def test_every_link_of_every_page_leads_somewhere(visitor: Client) -> None:
    followed = [address for address in walk.starter_addresses() if address not in walk.FROM_THE_START]
    assert len(followed) > 200
    assert [address for address in followed if visitor.get(address).status_code >= 400] == []
