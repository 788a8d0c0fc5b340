"""The demo's chat page: the real bot against the local Telegram, in a browser, with recorded data and the rehearsal jury."""

from pydantic import SecretStr

from bot.app.serve import serve
from bot.local import LocalTelegram
from bot.settings import Settings

# The one person of the local Telegram.
OWNER = 1
BANNER = "Rehearsal: no model was asked; recorded data of 24 April 2026. Nothing leaves this machine."
MODEL_BANNER = (
    "Recorded data of 24 April 2026, asked of the model that MODEL names. This chat stays on this machine."
)


async def serve_chat(settings: Settings, *, port: int = 0) -> None:
    """Serves until Ctrl-C."""
    async with LocalTelegram(port=port) as telegram:
        owner = telegram.person(OWNER, "You")
        rehearsal = settings.model in {None, "rehearsal"}
        address = telegram.open_page(owner, banner=BANNER if rehearsal else MODEL_BANNER)
        print(f"\nThe chat page: {address}  (Ctrl-C ends it)", flush=True)
        owner.says("/start")
        local = settings.model_copy(
            update={
                "telegram_token": SecretStr(telegram.token),
                "telegram_allowed_user_ids": (OWNER,),
                "telegram_base_url": telegram.base_url,
                "heartbeat_url": None,
            }
        )
        await serve(local, demo=True)
