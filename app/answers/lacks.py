"""What can be missing between a proposal's answer and its origins, and how we say it."""

from enum import StrEnum

from app.foundation.language import Sentence, _n


class Lack(StrEnum):
    """What is missing between a proposal's answer and its origins."""

    UNANSWERED = "unanswered"
    ANSWER_WITHOUT_ORIGIN = "answer_without_origin"
    """Also an answer whose origin was retracted afterwards."""
    ORIGIN_WITHOUT_ANSWER = "origin_without_answer"
    ANSWER_DENIES_ORIGIN = "answer_denies_origin"
    """It lives on in a commitment, and its answer says that it does not."""


def missing_sentence(lack: Lack, count: int) -> Sentence:
    """What is missing, and how often, as the desk says it."""
    match lack:
        case Lack.UNANSWERED:
            return _n(
                "%(num)d published proposal is not answered yet.",
                "%(num)d published proposals are not answered yet.",
                count,
            )
        case Lack.ANSWER_WITHOUT_ORIGIN:
            return _n(
                "%(num)d answer says that a proposal lives on, and no commitment says so.",
                "%(num)d answers say that a proposal lives on, and no commitment says so.",
                count,
            )
        case Lack.ORIGIN_WITHOUT_ANSWER:
            return _n(
                "%(num)d proposal lives on in a commitment and is not answered.",
                "%(num)d proposals live on in a commitment and are not answered.",
                count,
            )
        case Lack.ANSWER_DENIES_ORIGIN:
            return _n(
                "%(num)d proposal lives on in a commitment, and its answer denies it.",
                "%(num)d proposals live on in a commitment, and their answers deny it.",
                count,
            )
