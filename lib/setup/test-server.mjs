import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeCluster, startPostgres } from './postgres.mjs';

/**
 * The real server for a test run, on a folder of its own. Unless `durable`, it does not wait for the disk: tests
 * kill processes, which loses nothing that was written, and never the machine.
 */
export async function startTestServer({ durable = false } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-test-'));
  // For root the server runs as another user, who has to walk through this folder.
  chmodSync(dataDir, 0o755);
  const remove = () => {
    removeCluster(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await startPostgres({
      dataDir,
      settings: { max_connections: '300', ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }) },
    });
    return {
      url: server.url,
      async close() {
        await server.stop({ immediate: true });
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
