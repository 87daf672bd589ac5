import { AGENT_VANISHED, vanish } from '@/lib/services/agent/vanish';
import { CHECKPOINT, checkpointIsDue } from '@/lib/services/audit/checkpoint-timer';
import { answerTurn } from '@/lib/services/bot/answer';
import { BOT_TURN } from '@/lib/services/bot/turn-timer';
import { followCalendars } from '@/lib/services/calendar/follow';
import { CALENDARS_DUE } from '@/lib/services/calendar/timer';
import { stepCallback } from '@/lib/services/callback/step';
import { CALLBACK_STEP } from '@/lib/services/callback/timer';
import type { Context } from '@/lib/services/context';
import { mailReplies, REPLY_MAIL } from '@/lib/services/mail/mail-replies';
import { OUTBOX_DUE } from '@/lib/services/mail/outbox-timer';
import { sendDue } from '@/lib/services/mail/send-due';
import { ROUTING_SWEEP, sweepRouting } from '@/lib/services/routing/orphans';
import { routeTeam } from '@/lib/services/routing/route-team';
import { stepRouting } from '@/lib/services/routing/step';
import { ROUTE_STEP, ROUTE_TEAM } from '@/lib/services/routing/timers';
import { evaluateSla } from '@/lib/services/sla/evaluate';
import { SLA_DUE } from '@/lib/services/sla/sla-timer';
import { startDue, type TimerHandler, untilNext } from '@/lib/services/timer/run-due';

const MAX_SLEEP_MS = 1000;

const handlers: Readonly<Record<string, TimerHandler>> = {
  [BOT_TURN]: (ctx, timer) => answerTurn(ctx, timer.conversationId),
  [AGENT_VANISHED]: vanish,
  [SLA_DUE]: (ctx, timer) => evaluateSla(ctx, timer.conversationId),
  [ROUTE_TEAM]: routeTeam,
  [ROUTE_STEP]: stepRouting,
  [ROUTING_SWEEP]: (ctx) => sweepRouting(ctx),
  [CALLBACK_STEP]: (ctx, timer) => stepCallback(ctx, timer.conversationId),
  [REPLY_MAIL]: (ctx, timer) => mailReplies(ctx, timer.conversationId),
  [OUTBOX_DUE]: sendDue,
  [CALENDARS_DUE]: followCalendars,
  [CHECKPOINT]: (ctx) => checkpointIsDue(ctx),
};

export interface TimerLoop {
  /** Something is due now. */
  wake(): void;
  /** Starts nothing more and waits for what runs. */
  stop(): Promise<void>;
}

/** Sleeps until the next timer is due, never longer than a second, so that another process's timers are seen too. */
export function runTimerLoop(ctx: Context, onLateness: (ms: number) => void = () => {}): TimerLoop {
  const running = new Set<Promise<void>>();
  let stopped = false;
  let woken = false;
  let rouse: () => void = () => {};

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopped) rouse();
    });

  const turn = async () => {
    woken = false;
    const started = await startDue(ctx, handlers, onLateness);
    for (const task of started) {
      const tracked = task
        .catch((error: unknown) => ctx.log.error({ err: error }, 'a timer could not be given back'))
        .finally(() => running.delete(tracked));
      running.add(tracked);
    }
    if (started.length > 0) return 0;
    return Math.min(MAX_SLEEP_MS, (await untilNext(ctx)) ?? MAX_SLEEP_MS);
  };

  const loop = async () => {
    while (!stopped) {
      const wait = await turn().catch((error: unknown) => {
        ctx.log.warn({ err: error }, 'the timers could not be read; they are read again');
        return MAX_SLEEP_MS;
      });
      if (wait > 0) await sleep(wait);
    }
  };
  const ended = loop();

  return {
    wake() {
      woken = true;
      rouse();
    },
    async stop() {
      stopped = true;
      rouse();
      await ended;
      await Promise.all(running);
    },
  };
}
