export function startTestServer(options?: {
  durable?: boolean;
}): Promise<{ url: string; close(): Promise<void> }>;
