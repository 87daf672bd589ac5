import { openTestDatabase } from '@/db/testing';
import { type WorldOn, worldOn } from './world-on';

export type TestWorld = WorldOn;

/** A private world for one test, on a database of its own. */
export async function openTestWorld(): Promise<TestWorld> {
  const database = await openTestDatabase();
  const world = await worldOn(database.url);
  return {
    ...world,
    close: async () => {
      await world.close();
      await database.drop();
    },
  };
}
