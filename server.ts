import { createBrain } from '@/lib/brain/brain';
import { mindInThreads } from '@/lib/brain/mind-in-threads';
import { readConfig } from '@/lib/config';
import { openCalendars } from '@/lib/integrations/calendars/open-calendars';
import { smtpMailer } from '@/lib/integrations/email/smtp-mailer';
import { createOutbound } from '@/lib/integrations/http/outbound';
import { openModel } from '@/lib/integrations/model/open-model';
import { runTimerLoop, type TimerLoop } from '@/lib/jobs/timer-loop';
import { allowedOrigin } from '@/lib/realtime/allowed-origin';
import { endOnFault } from '@/lib/realtime/end-on-fault';
import { failpointOf } from '@/lib/realtime/failpoint';
import { answerHealth } from '@/lib/realtime/health';
import { openLog } from '@/lib/realtime/log';
import { timerLateness } from '@/lib/realtime/metrics';
import { serveHttp } from '@/lib/realtime/serve-http';
import { openRealtime, type Realtime } from '@/lib/realtime/server';
import { putOffAfterOutage } from '@/lib/services/agent/put-off';
import { scheduleCheckpoints } from '@/lib/services/audit/checkpoint-timer';
import { scheduleCalendars } from '@/lib/services/calendar/timer';
import { isReady } from '@/lib/services/desk/ready';
import { scheduleOutbox } from '@/lib/services/mail/outbox-timer';
import { followNotices } from '@/lib/services/notices';
import { openContext } from '@/lib/services/open-context';
import { scheduleSweeps } from '@/lib/services/routing/orphans';
import { setContext } from '@/lib/services/runtime';

async function main() {
  const config = readConfig();
  const log = openLog(config.logLevel);
  let realtime: Realtime | null = null;
  let timers: TimerLoop | null = null;
  const mind = config.embedder === 'none' ? null : mindInThreads();
  const ctx = await openContext(config, {
    brain: createBrain(mind, (error) => log.warn({ err: error }, 'a question was judged by words alone')),
    log,
    mailer: config.smtp && smtpMailer(config.smtp),
    calendars: openCalendars(config),
    outbound: createOutbound(config),
    model: openModel(config),
    mailPauseMs: config.mailPauseMs,
    publish: (publication) => realtime?.publish(publication),
    showDraft: (visitorId, draft) => realtime?.showDraft(visitorId, draft),
    wakeTimers: () => timers?.wake(),
    hears: (agentId) => realtime?.hears(agentId) ?? false,
    failpoint: failpointOf(config.failpoint),
  });
  setContext(ctx);
  endOnFault(ctx);
  realtime = openRealtime(ctx, allowedOrigin(config.baseUrl), config.visitorMessages);
  const { keepQueues, endSession, agentChanged, settingsChanged, customersChanged } = realtime;
  await keepQueues();
  await followNotices(ctx, {
    directory: keepQueues,
    sessionEnded: endSession,
    agentChanged,
    customersChanged,
    settingsChanged,
  });
  let draining = false;
  const front = await serveHttp({
    ...config,
    realtime,
    first: (request, response) =>
      answerHealth(request, response, config, async () => !draining && (await isReady(ctx))),
  });
  await Promise.all([
    scheduleCheckpoints(ctx),
    scheduleSweeps(ctx),
    scheduleOutbox(ctx),
    scheduleCalendars(ctx),
    putOffAfterOutage(ctx),
  ]);
  timers = runTimerLoop(ctx, (ms) => timerLateness.observe(ms / 1000));
  log.info({ port: config.port }, 'listening');
  if (mind) void ctx.knowledge.study();

  const drain = async () => {
    if (draining) process.exit(1);
    draining = true;
    log.info({}, 'draining');
    setTimeout(() => process.exit(1), 9000).unref();
    await Promise.all([realtime?.drain(), timers?.stop()]);
    await front.close();
    await ctx.close();
    process.exit(0);
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
