import { canonical } from '@/db/chain';
import { settingWrite } from '@/db/queries/settings';
import { commitSetting } from '@/db/queries/stream';
import { type Actor, loggedActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { AppError } from '../errors';
import { tellSettingsChanged } from '../notices';

export interface SettingChange<T extends { version: number }> {
  key: string;
  /** Of the event in the log, whose payload is `about` with before and after. */
  kind: string;
  about?: Record<string, unknown>;
  /** As the refusal calls it: `the targets`. */
  name: string;
  /** What this process holds. */
  held: () => T;
  /** The version of a setting that was never changed. */
  missing: number;
  /** The version that whoever changes it saw. */
  seen: number;
  wanted: (version: number) => T;
}

/**
 * Sets a setting with its event, and tells every process. Refused over another version than the one that was seen; what
 * is so already is done again without a trace.
 */
export async function changeSetting<T extends { version: number }>(
  ctx: Context,
  actor: Actor,
  { key, kind, about, name, held, missing, seen, wanted }: SettingChange<T>,
): Promise<T> {
  if (held().version !== seen) await ctx.settings.refresh();
  const before = held();
  if (before.version !== seen) throw changedMeanwhile(name);
  if (canonical(wanted(seen)) === canonical(before)) return before;
  const after = wanted(seen + 1);
  const at = ctx.now();
  const written = await commitSetting(
    ctx.db,
    ctx.keys.audit,
    settingWrite(key, after, { version: seen, missing }, at),
    { kind, actor: loggedActor(actor), payload: { ...about, before, after }, at },
  );
  if (!written) throw changedMeanwhile(name);
  await tellSettingsChanged(ctx);
  return after;
}

function changedMeanwhile(name: string): AppError {
  return new AppError(
    'conflict',
    `Somebody changed ${name} meanwhile. Look at theirs before you save yours.`,
  );
}
