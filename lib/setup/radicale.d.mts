export const RADICALE_VERSION: string;
export const NEEDS_RADICALE: string;
export function findRadicale(): string | null;
