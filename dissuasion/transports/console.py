"""The channel of a server that has no gateway: the message is written to the log, for whoever stands beside it."""

import logging

from dissuasion.transports.base import Answer, Message, Outcome, Transport

logger = logging.getLogger(__name__)


class Console(Transport):
    """Writes what would be sent; of the number only the end, for logs are read by many."""

    def send(self, message: Message) -> Answer:
        again = " (again)" if message.repeated else ""
        logger.info("%s to …%s%s: %s", self.channel, message.to[-4:], again, message.text)
        return Answer(Outcome.SENT)
