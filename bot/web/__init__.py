"""HTTP in: the webhook, the health check and the metrics, as one small aiohttp application.

`application` puts it together, `serve` runs it. Telegram's updates arrive in `webhook`,
machines that watch the bot ask `health` and `metrics`.
"""
