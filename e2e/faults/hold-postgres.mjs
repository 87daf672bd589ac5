// Starts the built-in Postgres and holds it until this process is killed. With "bare" it is started as a plain
// child, as a launcher without a watchdog would.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../lib/setup/environment.mjs';
import { startPostgres } from '../../lib/setup/postgres.mjs';
import { findBinaries, serverAccount } from '../../lib/setup/postgres-files.mjs';

const [dataDir, manner] = process.argv.slice(2);
const server = await startPostgres({ dataDir });
if (manner === 'bare') {
  await server.stop();
  const account = serverAccount();
  const program = join(
    findBinaries(ROOT, account, () => {}),
    'bin',
    'postgres',
  );
  const cluster = join(dataDir, 'pg18');
  const child = spawn(
    program,
    ['-D', cluster, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${cluster}`],
    {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    },
  );
  console.log(JSON.stringify({ url: '', pid: child.pid }));
} else {
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));
}
setInterval(() => {}, 60_000);
