export * from './events';
export * from './limits';
export * from './sockets';
export * from './version';
export * from './views';
