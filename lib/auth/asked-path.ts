/** Which path was asked for, written by our own server over whatever a client sends: Next tells a layout none. */
export const ASKED_PATH = 'x-baton-asked-path';
