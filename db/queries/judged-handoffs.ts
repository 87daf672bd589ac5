import type { JudgedHandoff } from '@/lib/domain/priority';
import type { Database } from '../client';

/** The newest handoffs whose priority was decided by score and rules, with what was known of them then. */
export function readJudged(db: Database, limit: number): Promise<JudgedHandoff[]> {
  return db.query<JudgedHandoff>(
    `select reason, score_parts as parts,
       coalesce(jsonb_path_exists(context, '$.signals[*] ? (@.name == "security" && @.fired == true)'), false) as security
     from handoffs where queued_at is not null and jsonb_array_length(score_parts) > 0
     order by queued_at desc limit $1::int`,
    [limit],
  );
}
