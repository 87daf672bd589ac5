/** Grows with every change of the wire; a test pins the hash of all schemas beside it. */
export const PROTOCOL_VERSION = 1;
