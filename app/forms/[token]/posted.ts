import { readBytes } from '@/lib/auth/read-body';
import { type FormField, fileTypeOf, MAX_FILE_MB } from '@/lib/domain/form-template';
import type { UploadedFile } from '@/lib/services/form/submit';

const MAX_WORDS = 256 * 1024;
const MEGABYTE = 1024 * 1024;

interface Posted {
  written: Record<string, string>;
  files: Record<string, UploadedFile>;
}

/** What a form posted, held to what its fields may be; null where it is more, whatever its head says of its length. */
export async function readPosted(request: Request, fields: readonly FormField[]): Promise<Posted | null> {
  const files = fields.filter(({ kind }) => kind === 'file');
  const most = MAX_WORDS + files.length * (MAX_FILE_MB + 1) * MEGABYTE;
  const bytes = await readBytes(request, most);
  if (bytes === null) return null;
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { written: Object.fromEntries(new URLSearchParams(bytes.toString())), files: {} };
  }
  // What is no form after all is one that nothing was written in.
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
  const posted: Posted = { written: {}, files: {} };
  for (const [name, value] of form) {
    if (typeof value === 'string') posted.written[name] = value;
    else if (files.some(({ id }) => id === name) && value.size > 0)
      posted.files[name] = await uploaded(value);
  }
  return posted;
}

async function uploaded(file: File): Promise<UploadedFile> {
  const bytes = Buffer.from(await file.arrayBuffer());
  return { name: file.name, size: bytes.length, type: fileTypeOf(bytes), bytes };
}
