import type { TestWorld } from '../testing';

/** As a visitor did who left an address and is not heard any more. */
export async function leaveAddress(
  world: TestWorld,
  visitorId: string,
  email = 'jonas.berg@post.example',
): Promise<string> {
  await world.ctx.db.query('update visitors set email = $2::text where id = $1::uuid', [visitorId, email]);
  return email;
}
