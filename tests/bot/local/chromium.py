"""Debian's Chromium, driven headless over its DevTools protocol. Tests that use it are marked `browser`."""

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-port=0",
    "--lang=en-GB",
)
PATIENCE = 15.0  # seconds; a cold browser on a busy machine needs several


def chromium() -> str:
    """The browser's path; skips the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    return path


class Tab:
    """One page of the browser. `problems` collects script errors and refused loads."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session = ""
        self.problems: list[str] = []

    async def read(self) -> None:
        async for raw in self._socket:
            told = json.loads(raw)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told)
            elif told["method"] == "Runtime.exceptionThrown":
                details = told["params"]["exceptionDetails"]
                self.problems.append(details.get("exception", {}).get("description", details["text"]))
            elif told["method"] == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
                self.problems.append(told["params"]["entry"]["text"])

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[self._number] = answer
        session = {"sessionId": self._session} if self._session else {}
        await self._socket.send(
            json.dumps({"id": self._number, "method": method, "params": params} | session)
        )
        told = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    async def begin(self) -> None:
        target = await self.command("Target.createTarget", url="about:blank")
        attached = await self.command("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "DOM"):
            await self.command(f"{domain}.enable")

    async def look(self, *, width: int, height: int, dark: bool = False, scale: float = 1) -> None:
        """The window: size in CSS pixels and the preferred theme."""
        await self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.command("Emulation.setEmulatedMedia", features=[scheme])

    async def open(self, address: str) -> None:
        await self.command("Page.navigate", url=address)

    async def value(self, script: str) -> Any:
        """What the expression gives; promises are awaited."""
        told = await self.command(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    async def until(self, script: str) -> None:
        """Waits until the expression is true."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self.value(f"Boolean({script})"):
                    await asyncio.sleep(0.03)
        except TimeoutError:
            text = await self.value("document.body.innerText")
            pytest.fail(f"never true: {script}\nproblems: {self.problems}\nthe page shows:\n{text}")

    async def click(self, selector: str, text: str = "") -> None:
        """Clicks the last element that matches and contains the text, with a real mouse event."""
        find = (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".filter((each) => each.textContent.includes({json.dumps(text)})).at(-1)"
        )
        await self.until(find)
        box = await self.value(
            f"(() => {{ const each = {find}; each.scrollIntoView({{block: 'nearest'}});"
            " const box = each.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.command(
                "Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1
            )

    async def type(self, words: str) -> None:
        await self.value("document.querySelector('#text').focus()")
        await self.command("Input.insertText", text=words)

    async def enter(self) -> None:
        for kind in ("keyDown", "keyUp"):
            await self.command(
                "Input.dispatchKeyEvent",
                type=kind,
                key="Enter",
                code="Enter",
                text="\r" if kind == "keyDown" else "",
                windowsVirtualKeyCode=13,
            )

    async def choose(self, selector: str, *files: Path) -> None:
        """Puts files into a file input."""
        root = (await self.command("DOM.getDocument"))["root"]["nodeId"]
        node = (await self.command("DOM.querySelector", nodeId=root, selector=selector))["nodeId"]
        await self.command("DOM.setFileInputFiles", nodeId=node, files=[str(file) for file in files])

    async def printed(self) -> bytes:
        """The page as a PDF, on the paper that its style asks for."""
        told = await self.command("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(told["data"])

    async def picture(self, path: Path) -> Path:
        told = await self.command("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        await asyncio.to_thread(path.write_bytes, base64.b64decode(told["data"]))
        return path


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Tab]:
    """A fresh browser with an empty profile; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        chromium(),
        *FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port, path = await asyncio.wait_for(_address(profile / "DevToolsActivePort"), PATIENCE * 2)
        async with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None) as socket:
            tab = Tab(socket)
            reading = asyncio.create_task(tab.read())
            await tab.begin()
            yield tab
            await socket.close()
            await reading
    finally:
        process.terminate()
        await process.wait()


async def _address(file: Path) -> tuple[str, str]:
    while True:
        lines = await asyncio.to_thread(_lines, file)
        if len(lines) == 2:
            return lines[0], lines[1]
        await asyncio.sleep(0.05)


def _lines(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []
