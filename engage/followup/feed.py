"""The feed of actions: RSS 2.0 (https://www.rssboard.org/rss-specification), with atom:link."""

import re
from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from flask_babel import gettext as _

from engage.followup.shown import ShownAction

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (https://www.w3.org/TR/xml/#charsets), such as a vertical tab."""

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("atom", ATOM)


def feed(
    actions: Sequence[ShownAction], *, council: str, page: str, address: str, ward: str = ""
) -> bytes:
    """The feed, with whole addresses: `page` is that of all actions, `address` the feed's own.

    An item is known by the action and the moment at which its words were agreed to, so that a
    reader sees it again when there is news.
    """
    rss = Element("rss", {"version": "2.0"})
    channel = SubElement(rss, "channel")
    name = _("You said, we did")
    SubElement(channel, "title").text = f"{name}: {ward or council}"
    SubElement(channel, "link").text = page
    SubElement(channel, "description").text = _(
        "What %(council)s and its partners did about what people said.", council=council
    )
    SubElement(channel, "language").text = "en-GB"
    here = {"href": address, "rel": "self", "type": "application/rss+xml"}
    SubElement(channel, f"{{{ATOM}}}link", here)
    if actions and actions[0].shown_at:
        SubElement(channel, "lastBuildDate").text = format_datetime(actions[0].shown_at)
    for each in actions:
        _item(channel, each, page)
    for part in rss.iter():
        part.text = NOT_IN_XML.sub("", part.text) if part.text else None
    written: bytes = tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


def _item(channel: Element, action: ShownAction, page: str) -> None:
    item = SubElement(channel, "item")
    content = action.content
    SubElement(item, "title").text = f"{content.title} ({action.state})"
    SubElement(item, "link").text = f"{page}#{action.anchor}"
    doing = (
        _("We plan: %(words)s", words=content.did)
        if content.state == "planned"
        else _("We did: %(words)s", words=content.did)
    )
    told = [_("You said: %(words)s", words=content.said), doing]
    told += [each.words for each in content.updates[:1]]
    SubElement(item, "description").text = " ".join(told)
    SubElement(item, "category").text = action.theme
    if action.shown_at is not None:
        moment = action.shown_at.strftime("%Y%m%dT%H%M%S")
        SubElement(item, "guid", {"isPermaLink": "false"}).text = f"{page}#{action.anchor}-{moment}"
        SubElement(item, "pubDate").text = format_datetime(action.shown_at)
