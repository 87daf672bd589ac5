import type { Duplex } from 'node:stream';

/** A line with less than this still to write keeps up, and its writer is not held back. */
const KEEPS_UP_BYTES = 32 * 1024;

/**
 * Frames that are written within one turn of the event loop leave in one system call: an acknowledgement together with
 * the event it belongs to, and all that one agent hears of several chats. Nothing waits for longer than that turn. The
 * writer of a line that keeps up is called back at once, since Socket.IO holds every further packet until then; on a slow
 * line the call comes when the bytes are written, as ever, so that what may be dropped is.
 */
export function coalesceWrites(socket: Duplex): void {
  const write = socket.write;
  let corked = false;
  const flush = () => {
    corked = false;
    socket.uncork();
  };
  socket.write = function coalesced(this: Duplex, ...args: Parameters<Duplex['write']>) {
    if (!corked) {
      corked = true;
      socket.cork();
      setImmediate(flush);
    }
    const written = args.at(-1);
    if (typeof written === 'function' && socket.writableLength < KEEPS_UP_BYTES) {
      process.nextTick(written);
      args.pop();
    }
    return write.apply(this, args);
  } as Duplex['write'];
}
