export const SOCKET_PATH = '/socket.io/';
export const VIEW_WINDOW = 50;
export const SNAPSHOT_EVENTS = 200;
export const CATCH_UP_EVENTS = 500;
export const ACK_TIMEOUT_MS = 8000;
export const TYPING_THROTTLE_MS = 2000;
export const TYPING_SHOWN_MS = 5000;
/** A frame larger than this ends the connection. */
export const MAX_FRAME_BYTES = 64 * 1024;
