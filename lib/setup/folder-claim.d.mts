export interface Holder {
  pid: number;
  stamp: string;
  token: string;
  state: 'contending' | 'held';
  url?: string;
}
export interface Claim {
  update(details: object): void;
  release(): void;
}
export function claimFolder(
  folder: string,
  details?: object,
): { claim: Claim; holder?: undefined } | { claim?: undefined; holder: Holder };
export function currentHolder(folder: string): Holder | undefined;
