"""The tables of delivery: messages, channels, what was sent by them."""

from .channel import Channel, Kind, Rhythm
from .delivery import Delivery
from .message import Message

__all__ = ["Channel", "Delivery", "Kind", "Message", "Rhythm"]
