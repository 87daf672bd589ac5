/** Whom a change would touch. */
export interface Affected {
  open: number;
  moved: number;
  breached: number;
  more: boolean;
}

/** `7 open handoffs would get another deadline, 1 would breach at once.` */
export function affectedText({ open, moved, breached, more }: Affected): string {
  if (open === 0) return 'No handoff is open: this would hold for those to come.';
  const of = more ? `Of the first ${open} open handoffs, ` : '';
  const handoffs = more ? '' : moved === 1 ? ' open handoff' : ' open handoffs';
  if (moved === 0 && breached === 0) {
    return more ? `${of}none would get another deadline.` : 'No open handoff would get another deadline.';
  }
  const late = breached === 0 ? 'none would breach at once' : `${breached} would breach at once`;
  return `${of}${moved}${handoffs} would get another deadline, ${late}.`;
}
