"""Time in: a few static jobs of APScheduler. A job is a few lines; the row is the schedule.

One tick every five seconds asks the database what is due. There is no job per user: such jobs
get lost on a restart and are dropped when late.
"""

from bot.scheduler.duty import Duty
from bot.scheduler.timer import STANDSTILL, TICK_SECONDS, Jobs, Timer

__all__ = ["STANDSTILL", "TICK_SECONDS", "Duty", "Jobs", "Timer"]
