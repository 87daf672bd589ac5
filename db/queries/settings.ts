import type { Database, Parameter } from '../client';
import { settings } from '../schema/knowledge';

/** Every setting that was ever changed; a missing one has the default that the code ships. */
export function readSettings(db: Database): Promise<{ key: string; value: unknown }[]> {
  return db.orm.select({ key: settings.key, value: settings.value }).from(settings).orderBy(settings.key);
}

/**
 * The arm of `commitSetting` that writes a setting with a version: only over the version that was seen, `missing` being
 * that of a setting without a row. Of two who saw the same, one writes.
 */
export function settingWrite(
  key: string,
  value: { version: number },
  seen: { version: number; missing: number },
  at: number,
): { text: string; parameters: Parameter[] } {
  return {
    text: `insert into settings (key, value, updated_at)
      select $1::text, $2::jsonb, $3::timestamptz
      where $4::int = $5::int or exists (select 1 from settings where key = $1::text)
      on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
        where (settings.value->>'version')::int = $4::int
      returning key`,
    parameters: [key, value, new Date(at), seen.version, seen.missing],
  };
}
