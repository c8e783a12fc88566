"""Someone at the chat page, without the page."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp


class Walker:
    """Acts through the routes that the page uses."""

    def __init__(self, client: aiohttp.ClientSession, root: str) -> None:
        self.client = client
        self.root = root
        self.person = 0
        self.chat = ""

    async def get(self, path: str) -> Any:
        """Read a route of the page's interface."""
        async with self.client.get(f"{self.root}{path}") as answer:
            return await answer.json()

    async def post(self, path: str, **body: object) -> Any:
        """Act through the page's interface."""
        async with self.client.post(f"{self.root}{path}", json=body) as answer:
            return await answer.json()

    async def meet(self) -> None:
        """Take the first person's seat."""
        self.person = (await self.get("/api/state"))["people"][0]["id"]
        self.chat = (await self.get(f"/api/state?person={self.person}"))["chats"][0]["id"]

    async def make_group(self) -> str:
        """Make a group of the person and the bot."""
        bot = (await self.get("/api/state"))["bots"][0]["id"]
        made = await self.post("/api/group", person=self.person, title="Study", members=[bot])
        return str(made["chat"])

    async def messages(self, chat: str = "") -> list[dict[str, Any]]:
        """A chat, the private one if not said, oldest first."""
        state = await self.get(f"/api/state?person={self.person}")
        messages: list[dict[str, Any]]
        (messages,) = (one["messages"] for one in state["chats"] if one["id"] == (chat or self.chat))
        return messages

    async def until(self, words: str, chat: str = "") -> dict[str, Any]:
        """Wait for the bot's newest message to show the words."""
        async with asyncio.timeout(60):
            while True:
                said = [message for message in await self.messages(chat) if not message["mine"]]
                if said and words in said[-1]["text"]:
                    return said[-1]
                await asyncio.sleep(0.05)

    async def say(self, text: str, answer: str, chat: str = "") -> dict[str, Any]:
        """Write, and wait for the answer."""
        await self.post("/api/send", person=self.person, chat=chat or self.chat, text=text)
        return await self.until(answer, chat)

    async def press(self, label: str, answer: str) -> dict[str, Any]:
        """Press a button of the newest message that has it, and wait for the answer."""
        for message in reversed(await self.messages()):
            for row, buttons in enumerate(message["buttons"]):
                for column, button in enumerate(buttons):
                    if label in button["text"]:
                        place = {"message": message["id"], "row": row, "column": column}
                        await self.post("/api/press", person=self.person, chat=self.chat, **place)
                        return await self.until(answer)
        raise LookupError(label)
