"""An OpenAI-compatible endpoint (DeepSeek, Qwen, vLLM, Ollama): messages in, pieces of text out. Knows no documents.

Every failure becomes an LLMError: one Chinese sentence on what happened and what to do, never the key. Errors of the
library are not chained to it: servers echo keys (`Incorrect API key provided: sk-…`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from ragpark.errors import LLMError

if TYPE_CHECKING:
    from ragpark.config import Settings

Message = Mapping[str, str]
MAX_REPLY_TOKENS = 1200
MAX_REPLY_CHARS = 8000  # a model that does not stop is stopped
CONNECT_TIMEOUT_S = 10.0


class Client(Protocol):
    """What writes an answer; a test gives one whose words are known."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the reply piece by piece. Raises LLMError, also after some pieces."""
        ...


class OpenAIClient:
    """The endpoint of the settings. One request, no retries: the extractive answer stands ready."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def host(self) -> str:
        """Host and port of the endpoint, without user, password or path."""
        parts = urlsplit(self._settings.llm_base_url)
        return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        import httpx
        import openai

        limit = self._settings.llm_timeout_s
        deadline = self._clock() + limit
        try:
            timeout = httpx.Timeout(limit, connect=min(CONNECT_TIMEOUT_S, limit))
            with (
                openai.OpenAI(
                    base_url=self._settings.llm_base_url,
                    api_key=self._settings.llm_api_key.reveal() or "none",  # Ollama and vLLM need none
                    timeout=timeout,
                    max_retries=0,
                ) as client,
                self._create(client)(
                    model=self._settings.llm_model,
                    messages=[dict(message) for message in messages],
                    temperature=0,
                    max_tokens=MAX_REPLY_TOKENS,
                    stream=True,
                ) as reply,
            ):
                yield from self._pieces(reply, deadline)
        except LLMError:
            raise
        except openai.APITimeoutError:
            raise self._late() from None
        except openai.APIStatusError as error:
            raise LLMError(self._status(error.status_code)) from None
        except openai.APIConnectionError:
            raise LLMError(f"连不上语言模型服务（{self.host}）；请检查网络和设置 llm_base_url") from None
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.HTTPError:
            raise LLMError("语言模型的回复中途断了；请稍后再问一次") from None
        except openai.OpenAIError:
            raise LLMError("语言模型服务报告出错；请稍后再问一次，或检查 llm_base_url 和 llm_model") from None
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            raise LLMError("语言模型服务的回复格式不对；请检查 llm_base_url 是不是 OpenAI 兼容的地址") from None

    @staticmethod
    def _create(client: Any) -> Any:
        return client.chat.completions.create

    def _pieces(self, reply: Any, deadline: float) -> Iterator[str]:
        chars, finished = 0, False
        for chunk in reply:
            if self._clock() > deadline:
                raise self._late()
            choices = getattr(chunk, "choices", None) or []
            for choice in choices[:1]:
                piece = getattr(choice.delta, "content", None) if choice.delta is not None else None
                finished = finished or bool(choice.finish_reason)
                if piece:
                    chars += len(piece)
                    yield str(piece)
            if chars > MAX_REPLY_CHARS:
                return
        if not finished:
            raise LLMError("语言模型的回复中途断了；请稍后再问一次")

    def _late(self) -> LLMError:
        limit = self._settings.llm_timeout_s
        return LLMError(f"语言模型在 {limit:g} 秒内没有答完；请稍后再问，或调大设置 llm_timeout_s")

    def _status(self, code: int) -> str:
        if code == 401:
            return "语言模型服务不接受密钥；请检查设置 llm_api_key"
        if code == 403:
            return "语言模型服务拒绝了请求；请检查密钥的权限"
        if code == 404:
            return f"语言模型服务没有模型“{self._settings.llm_model}”或这个地址；请检查 llm_model 和 llm_base_url"
        if code == 429:
            return "语言模型服务太忙，或额度已用完；请过一会儿再问"
        if code in (400, 413, 422):
            return f"语言模型服务不接受这个请求（状态 {code}）；请检查 llm_model 是否支持对话"
        if code >= 500:
            return f"语言模型服务出错（状态 {code}）；请稍后再问一次"
        return f"语言模型服务没有回答（状态 {code}）；请检查 llm_base_url"
