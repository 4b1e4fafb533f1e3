"""Delivery (送达): rows of the outbox in, messages to the people who must know out, sent where each wants them."""
