/** UTF-8 takes no more bytes than this for a unit of a string's length. */
const BYTES_A_UNIT = 3;

/** What was posted; null where it is more than `most` bytes, whatever its head says of its length: no more is held than that. */
export async function readBytes(request: Request, most: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null;
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return Buffer.concat(parts);
    length += part.value.length;
    if (length > most) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
}

/** The same as text, of at most so many units of a string's length. */
export async function readText(request: Request, most: number): Promise<string | null> {
  const bytes = await readBytes(request, most * BYTES_A_UNIT);
  const text = bytes === null ? null : new TextDecoder().decode(bytes);
  return text === null || text.length > most ? null : text;
}
