export function digestFiles(root: string, paths: string[]): Record<string, string>;
export function listFiles(root: string, entries: string[], keep?: (path: string) => boolean): string[];
export function firstChange(
  built: Record<string, string> | undefined,
  now: Record<string, string>,
): string | undefined;
