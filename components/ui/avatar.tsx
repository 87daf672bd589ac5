const SIZES = { 20: 'av av-20', 24: 'av', 28: 'av av-28', 32: 'av av-32', 40: 'av av-40' } as const;

/** People are round; initials stand for a face. Beside a name it says nothing new, so it is silent. */
export function Avatar({
  name,
  size = 24,
  you = false,
}: {
  name: string;
  size?: keyof typeof SIZES;
  you?: boolean;
}) {
  return (
    <span className={`${SIZES[size]}${you ? ' av-you' : ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
