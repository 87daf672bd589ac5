// Only this check may be read by an old Node: everything else is loaded after it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Baton needs Node 20.19 or later; this is ${process.versions.node}. See https://nodejs.org to get a newer one.\n`,
  );
  process.exit(1);
}
const { launch } = await import('./launch.mjs');
await launch({ development: process.argv.includes('--dev') });
