// Loaded before the server: a server whose supervisor is gone must not live on without it.
process.on('disconnect', () => process.exit(1));
process.on('message', (message) => {
  // Where the system knows no SIGTERM, the supervisor asks in words.
  if (message === 'stop') process.emit('SIGTERM', 'SIGTERM');
});
if (process.channel) process.channel.unref();
