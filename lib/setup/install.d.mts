export interface LockEntry {
  version?: string;
  integrity?: string;
  optional?: boolean;
  devOptional?: boolean;
  peer?: boolean;
}
export function matches(wanted: Record<string, LockEntry>, installed: Record<string, LockEntry>): boolean;
export function installReason(root?: string): string | undefined;
