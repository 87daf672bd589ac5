import type { Answers, FileType, FormContent } from '@/lib/domain/form-template';
import type { Database, Parameter } from '../client';

export interface FormLinkRow {
  id: string;
  conversationId: string;
  visitorId: string;
  widgetId: string;
  templateId: string;
  templateVersion: number;
  form: FormContent;
  /** Who reads it; null: the team of the conversation. */
  teamId: string | null;
  prefilled: Answers;
  returnTo: string | null;
  sentAt: number;
  expiresAt: number;
  submittedAt: number | null;
}

interface Columns {
  id: string;
  conversation_id: string;
  visitor_id: string;
  widget_id: string;
  template_id: string;
  template_version: number;
  form: FormContent;
  team_id: string | null;
  prefilled: Answers;
  return_to: string | null;
  sent_at: Date;
  expires_at: Date;
  submitted_at: Date | null;
}

export async function findFormLink(db: Database, id: string): Promise<FormLinkRow | null> {
  const [row] = await db.query<Columns>(
    `select l.id, l.conversation_id, c.visitor_id, c.widget_id, l.template_id, l.template_version, l.form, l.team_id,
       l.prefilled, l.return_to, l.sent_at, l.expires_at, s.at as submitted_at
     from form_links l join conversations c on c.id = l.conversation_id left join form_submissions s on s.link_id = l.id
     where l.id = $1::uuid`,
    [id],
  );
  return row
    ? {
        id: row.id,
        conversationId: row.conversation_id,
        visitorId: row.visitor_id,
        widgetId: row.widget_id,
        templateId: row.template_id,
        templateVersion: row.template_version,
        form: row.form,
        teamId: row.team_id,
        prefilled: row.prefilled,
        returnTo: row.return_to,
        sentAt: row.sent_at.getTime(),
        expiresAt: row.expires_at.getTime(),
        submittedAt: row.submitted_at?.getTime() ?? null,
      }
    : null;
}

export interface SealedSubmission {
  sealed: Buffer;
  keyId: string;
}

/** What is kept sealed of a submission; null where nothing is, or nothing was submitted. */
export async function readSealed(db: Database, linkId: string): Promise<SealedSubmission | null> {
  const [row] = await db.query<{ sealed: Buffer; key_id: string }>(
    'select sealed, key_id from form_submissions where link_id = $1::uuid and sealed is not null',
    [linkId],
  );
  return row ? { sealed: row.sealed, keyId: row.key_id } : null;
}

export interface SealingKeyRow {
  id: string;
  sealed: Buffer;
}

export async function newestSealingKey(db: Database): Promise<SealingKeyRow | null> {
  const [row] = await db.query<SealingKeyRow>(
    'select id, sealed from sealing_keys order by created_at desc, id desc limit 1',
  );
  return row ?? null;
}

export async function findSealingKey(db: Database, id: string): Promise<SealingKeyRow> {
  const [row] = await db.query<SealingKeyRow>('select id, sealed from sealing_keys where id = $1::uuid', [
    id,
  ]);
  if (row === undefined) throw new Error(`Sealing key ${id} is gone`);
  return row;
}

export async function insertSealingKey(db: Database, key: SealingKeyRow, at: number): Promise<void> {
  await db.query(
    'insert into sealing_keys (id, sealed, created_at) values ($1::uuid, $2::bytea, $3::timestamptz)',
    [key.id, key.sealed, new Date(at)],
  );
}

/** What is sealed by a key: the answers of a submission, or one of its files. */
export interface HeldSubmission extends SealedSubmission {
  linkId: string;
  /** Null for the answers. */
  fieldId: string | null;
}

/** What is sealed by another key than this one. */
export async function listSealedBefore(
  db: Database,
  newestKeyId: string,
  limit: number,
): Promise<HeldSubmission[]> {
  const rows = await db.query<{ link_id: string; field_id: string | null; sealed: Buffer; key_id: string }>(
    `(select link_id, null::text as field_id, sealed, key_id from form_submissions where key_id <> $1::uuid limit $2::int)
     union all
     (select link_id, field_id, sealed, key_id from form_files where key_id <> $1::uuid limit $2::int)`,
    [newestKeyId, limit],
  );
  return rows.map((row) => ({
    linkId: row.link_id,
    fieldId: row.field_id,
    sealed: row.sealed,
    keyId: row.key_id,
  }));
}

/** False when somebody else has sealed it anew meanwhile. */
export async function reseal(
  db: Database,
  { linkId, fieldId, keyId }: HeldSubmission,
  next: SealedSubmission,
): Promise<boolean> {
  const rows =
    fieldId === null
      ? await db.query(
          `update form_submissions set sealed = $3::bytea, key_id = $4::uuid
           where link_id = $1::uuid and key_id = $2::uuid returning link_id`,
          [linkId, keyId, next.sealed, next.keyId],
        )
      : await db.query(
          `update form_files set sealed = $3::bytea, key_id = $4::uuid
           where link_id = $1::uuid and key_id = $2::uuid and field_id = $5::text returning link_id`,
          [linkId, keyId, next.sealed, next.keyId, fieldId],
        );
  return rows.length === 1;
}

/** The arm of `commitSetting` that destroys every older key which seals nothing. */
export function deleteUnusedKeysWrite(newestKeyId: string): { text: string; parameters: Parameter[] } {
  return {
    text: `delete from sealing_keys k where k.id <> $1::uuid
        and k.created_at <= (select created_at from sealing_keys where id = $1::uuid)
        and not exists (select 1 from form_submissions s where s.key_id = k.id)
        and not exists (select 1 from form_files f where f.key_id = k.id)
        and not exists (select 1 from secrets s where s.key_id = k.id)
      returning k.id`,
    parameters: [newestKeyId],
  };
}

export async function readSealedFile(
  db: Database,
  linkId: string,
  fieldId: string,
): Promise<(SealedSubmission & { type: FileType }) | null> {
  const [row] = await db.query<{ sealed: Buffer; key_id: string; type: FileType }>(
    'select sealed, key_id, type from form_files where link_id = $1::uuid and field_id = $2::text',
    [linkId, fieldId],
  );
  return row ? { sealed: row.sealed, keyId: row.key_id, type: row.type } : null;
}
