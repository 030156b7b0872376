"""The channel of a server without a gateway: it writes the message to the log."""

import logging

from dissuasion.transports.base import Answer, Message, Outcome, Transport

logger = logging.getLogger(__name__)


class Console(Transport):
    """Logs what would be sent, with the end of the number only: many people read logs."""

    def send(self, message: Message) -> Answer:
        again = " (again)" if message.repeated else ""
        logger.info("%s to …%s%s: %s", self.channel, message.to[-4:], again, message.text)
        return Answer(Outcome.SENT)
