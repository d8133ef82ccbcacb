"""A small client of our own, of the standard library alone: for streams that the load tools cannot make.

It counts a chunk with text as a token that came, and takes the tokens' number from the usage, as vLLM's client does.
"""

import asyncio
import base64
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class Stream:
    """What came of one request, by when."""

    begun: float
    first: float | None = None
    last: float = 0.0
    between: list = field(default_factory=list)
    at: list = field(default_factory=list)
    tokens: int = 0
    error: str | None = None

    def take(self, data, now):
        choices = data.get("choices")
        if "error" in data:
            self.error = json.dumps(data["error"])
        elif choices:
            if self.first is None:
                self.first = now - self.begun
            else:
                self.between.append(now - self.last)
                self.at.append(now)
            self.last = now
        elif data.get("usage"):
            self.tokens = data["usage"]["completion_tokens"]


def body(server, item, tokens):
    content = [{"type": "text", "text": item["question"]}]
    if item["picture"]:
        picture = base64.b64encode(Path(item["picture"]).read_bytes()).decode()
        content.append({"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{picture}"}})
    request = {
        "model": server.model,
        "messages": [{"role": "user", "content": content}],
        "temperature": 0.0,
        "max_completion_tokens": tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if server.ignores_eos:
        request["ignore_eos"] = True
    return json.dumps(request).encode()


async def ask(server, payload):
    """Sends one request and reads its stream to the end; what goes wrong is in the stream's error."""
    stream = Stream(time.perf_counter())
    place = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=2**20)
    try:
        head = f"POST {server.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(payload)}\r\nConnection: close\r\n\r\n".encode() + payload)
        status = await reader.readline()
        if b" 200 " not in status:
            stream.error = f"{status.decode().strip()}: {(await reader.read()).decode(errors='replace')[-500:]}"
            return stream
        await _read(reader, stream)
        if stream.error is None and stream.first is None:
            stream.error = "the stream ended without a token"
    except (OSError, asyncio.IncompleteReadError) as failure:
        stream.error = f"{type(failure).__name__}: {failure}"
    finally:
        writer.close()
    return stream


async def _read(reader, stream):
    """The lines of events; those of chunked transfer between them begin otherwise."""
    while line := await reader.readline():
        if line.startswith(b"data: {"):
            stream.take(json.loads(line[6:]), time.perf_counter())
        elif line.startswith(b"data: [DONE]"):
            return
    stream.error = "the stream ended before its [DONE]"


async def ask_all(server, payloads, concurrency):
    room = asyncio.Semaphore(concurrency)

    async def one(payload):
        async with room:
            return await ask(server, payload)

    return await asyncio.gather(*(one(payload) for payload in payloads))


def measure(server, items, tokens, concurrency):
    payloads = [body(server, item, tokens) for item in items]
    begun = time.perf_counter()
    streams = asyncio.run(ask_all(server, payloads, concurrency))
    good = [stream for stream in streams if stream.error is None]
    return {
        "seconds": time.perf_counter() - begun,
        "tokens": sum(stream.tokens for stream in good),
        "first": [stream.first for stream in good],
        "between": [gap for stream in good for gap in stream.between],
        "failed": len(streams) - len(good),
        "errors": sorted({stream.error for stream in streams if stream.error}),
    }
