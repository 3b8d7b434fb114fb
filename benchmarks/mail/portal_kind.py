"""The kind of mail that is sent: at most once, with a way to stop it, checked twice before it goes."""

from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.streams import Stream

KIND = "benchmark.campaign"
kind(KIND, Kind(Delivery.AT_MOST_ONCE, Stream.CAMPAIGN, "news", label="Benchmark"))
