export function shortForm(line: string, stream: 'out' | 'err'): string | undefined;
