import http from 'node:http';
import postgres from 'postgres';
import { Server } from 'socket.io';

/**
 * Two servers that do it wrong, so that the checker is known to find it: `early` acknowledges before it stores, `blind`
 * stores whatever comes without looking for a repeat. Both end as the product does, at a named place.
 */
const [mode, port, url, dieAfter] = process.argv.slice(2);
const sql = postgres(url ?? '', { max: 4, onnotice: () => {} });
const server = http.createServer();
const io = new Server(server, { transports: ['websocket'] });
let left = Number(dieAfter);

io.on('connection', (socket) => {
  socket.on('send', async (input: { clientId: string; body: string }, ack: (answer: unknown) => void) => {
    const last = --left <= 0;
    if (mode === 'early') {
      ack({ ok: true });
      if (last) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
      else setTimeout(() => void store(input), 20);
    } else {
      await store(input);
      if (last) process.kill(process.pid, 'SIGKILL');
      else ack({ ok: true });
    }
  });
});

async function store({ clientId, body }: { clientId: string; body: string }): Promise<void> {
  await sql`insert into control_messages (client_id, body) values (${clientId}, ${body})`;
}

server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
process.on('disconnect', () => process.exit(0));
