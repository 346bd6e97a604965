"""A way to a server of this computer whose replies come late: ``delay.py PORT SERVER SECONDS``."""

from __future__ import annotations

import asyncio
import sys


async def passed_on(reader, writer, wait):
    """Pass bytes on, each chunk a while after it came; the chunks do not wait for each other."""
    queue = asyncio.Queue()

    async def written():
        while (due := await queue.get()) is not None:
            at, chunk = due
            await asyncio.sleep(at - asyncio.get_running_loop().time())
            writer.write(chunk)
            await writer.drain()

    writing = asyncio.create_task(written())
    try:
        while chunk := await reader.read(65_536):
            queue.put_nowait((asyncio.get_running_loop().time() + wait, chunk))
    except ConnectionError:
        pass
    queue.put_nowait(None)
    try:
        await writing
        writer.write_eof()
    except (ConnectionError, OSError):
        pass


async def main(port, server, wait):
    async def peer(reader, writer):
        there, away = await asyncio.open_connection("127.0.0.1", server)
        await asyncio.gather(passed_on(reader, away, 0.0), passed_on(there, writer, wait))
        for one in (writer, away):
            one.close()

    async with await asyncio.start_server(peer, "127.0.0.1", port) as listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
