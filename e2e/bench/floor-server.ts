import http from 'node:http';
import postgres from 'postgres';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventContent, hmacPads } from '@/db/chain';
import { bodyHash } from '@/lib/crypto/body-hash';
import { uuidv7 } from '@/lib/services/new-id';

/**
 * The least that a message must cost: the same rows by one statement written by hand, then one raw ws send to the agent
 * and one back to the customer. No validation, no authorisation, no rooms.
 */
const [port, url, keyHex] = process.argv.slice(2);
const key = Buffer.from(keyHex ?? '', 'hex');
const pads = hmacPads(key);
const sql = postgres(url ?? '', { max: 12, onnotice: () => {} });
const agents = new Set<WebSocket>();
const wss = new WebSocketServer({ noServer: true });
const server = http.createServer();

server.on('upgrade', (request, socket, head) => {
  wss.handleUpgrade(request, socket, head, (ws) => {
    if (request.url === '/agent') agents.add(ws);
    ws.on('message', (data) => void receive(ws, String(data)));
  });
});

async function receive(ws: WebSocket, text: string): Promise<void> {
  const { conversationId, visitorId, clientId, body } = JSON.parse(text);
  const at = Date.now();
  const id = uuidv7(at);
  const actor = { kind: 'visitor', id: visitorId };
  const payload = { messageId: id, author: 'visitor', kind: 'text', bodyHash: bodyHash(key, id, body) };
  const [row] = await sql.unsafe(
    `with head as (
       update conversations set version = version + 1, seq = seq + 1, visible_seq = visible_seq + 1,
         chain = audit_chain(chain, id::text, seq, $2::text[], $3::bytea, $4::bytea), preview = $5::text,
         preview_by = 'visitor', message_count = message_count + 1, last_message_at = $6::timestamptz, unread = unread + 1
       where id = $1::uuid and state in ('bot', 'pending', 'active') and visitor_id = $7::uuid returning *),
     message_row as (
       insert into messages (id, conversation_id, seq, author, author_id, author_name, client_id, kind, body, sources, at)
       select $8::uuid, head.id, head.seq, 'visitor', $7::uuid, null, $9::text, 'text', $10::text, '[]'::jsonb, $6::timestamptz from head),
     event_row as (
       insert into events (conversation_id, seq, visible_seq, kind, actor, payload, at, hash)
       select head.id, head.seq, head.visible_seq, 'message.sent', $11::jsonb, $12::jsonb, $6::timestamptz, head.chain[1] from head)
     select seq from head`,
    [
      conversationId,
      [eventContent({ kind: 'message.sent', actor, payload, at })],
      pads.inner,
      pads.outer,
      body.slice(0, 140),
      new Date(at),
      visitorId,
      id,
      clientId,
      body,
      actor,
      payload,
    ] as never[],
    { prepare: true },
  );
  const told = JSON.stringify({ conversationId, seq: row?.seq, clientId, body, at });
  for (const agent of agents) agent.send(told);
  ws.send(JSON.stringify({ ok: true, clientId }));
}

server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
process.on('disconnect', () => process.exit(0));
