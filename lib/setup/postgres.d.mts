export interface EmbeddedPostgres {
  readonly url: string;
  readonly logFile: string;
  readonly pid: number | undefined;
  readonly exited: Promise<{ reason: string | undefined }>;
  stop(options?: { immediate?: boolean }): Promise<void>;
}

export function startPostgres(options: {
  dataDir: string;
  log?: (line: string) => void;
  settings?: Record<string, string>;
  tcp?: boolean;
}): Promise<EmbeddedPostgres>;
export function embeddedDatabaseUrl(dataDir: string): string | undefined;
export function removeCluster(dataDir: string): void;
