import http from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { createBrain } from '@/lib/brain/brain';
import { SOCKET_PATH } from '@/lib/protocol';
import { openRealtime } from '@/lib/realtime/server';
import { openContext } from '@/lib/services/open-context';

/**
 * The realtime server without pages, and raw ws sockets beside it. On command it changes the queue so often a second and
 * tells what processor time that took, or sends the same bytes to every raw socket.
 */
const [port, databaseUrl, secret, baseUrl] = process.argv.slice(2);
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function main() {
  const ctx = await openContext(
    { databaseUrl: databaseUrl ?? '', secret: secret ?? '', baseUrl: baseUrl ?? '' },
    { brain: createBrain(), log: quiet },
  );
  const realtime = openRealtime(ctx, () => true);
  await realtime.keepQueues();
  const team = ctx.directory.teams()[0];
  const raw = new Set<WebSocket>();
  const wss = new WebSocketServer({ noServer: true });
  const server = http.createServer();
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith(SOCKET_PATH)) realtime.io.engine.handleUpgrade(request, socket, head);
    else wss.handleUpgrade(request, socket, head, (ws) => void raw.add(ws));
  });
  const ids = (
    await ctx.db.query<{ id: string }>(`select id from handoffs where state = 'pending' limit 50`)
  ).map((row) => row.id);
  let seen = 0;

  process.on(
    'message',
    async (command: { kind: string; perSecond: number; seconds: number; bytes: number }) => {
      const before = process.cpuUsage();
      let frames = 0;
      if (command.kind === 'raw') {
        const text = 'x'.repeat(command.bytes);
        for (; frames < command.seconds; frames++) {
          for (const ws of raw) ws.send(text);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      } else {
        const started = performance.now();
        const total = command.perSecond * command.seconds;
        for (let index = 0; index < total; index++) {
          const due = started + (index * 1000) / command.perSecond;
          if (due > performance.now())
            await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
          seen++;
          await ctx.db.query('update handoffs set score = $2::int where id = $1::uuid', [
            ids[seen % ids.length],
            seen % 100000,
          ]);
          if (team)
            realtime.views.touch([`pending:${team.id}`], {
              conversationId: '',
              movesClocks: true,
              movesQueue: true,
            });
        }
        await new Promise((resolve) => setTimeout(resolve, 600));
      }
      const used = process.cpuUsage(before);
      process.send?.({ micros: used.user + used.system, frames });
    },
  );
  server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
}

process.on('disconnect', () => process.exit(0));
main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
