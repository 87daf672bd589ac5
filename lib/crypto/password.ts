import { hash, verify } from '@node-rs/argon2';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** A hash of nothing anybody knows, so that an unknown address takes as long as a wrong password. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$YmF0b24tZGVjb3ktc2FsdA$9xqk3S4c2pV1m8QdYl3mB3T2bq0oW0cM2m3vC0yX9fE';

/** argon2id, 19 MiB, two passes. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

export function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  return verify(stored ?? DECOY, password);
}
