import { unreadMessages } from '@/lib/client/core/visitor-conversation';
import type { VisitorState } from '@/lib/client/core/visitor-store';
import { brandShades } from '@/lib/domain/contrast';
import type { QueuePosition } from '@/lib/protocol';
import { type Format, firstName, formatFor, initials } from './format';
import type { LauncherLook } from './frame-messages';
import { type Say, sayWith } from './texts';

/** What the launcher shows while the panel is shut: the place in line, then the agent's face, and what is unread. */
export function launcherLook(state: VisitorState): LauncherLook | null {
  const { session, conversation, position } = state;
  if (session === null) return null;
  const { widget } = session;
  const say = sayWith(widget.texts);
  const { light, dark } = brandShades(widget.theme.brand);
  const agent = conversation?.state === 'active' ? (conversation.handoff?.agentName ?? null) : null;
  const waiting = conversation?.state === 'pending';
  const line = waiting ? lineText(position, formatFor(widget.locale, say), say) : null;
  const unread = conversation === null ? 0 : unreadMessages(conversation, state.readUpTo);
  let label = agent === null ? say('launcherOpen') : say('launcherWith', { name: firstName(agent) });
  if (line !== null) label = say('launcherLine', { label, place: line });
  if (unread > 0) label = say('launcherUnread', { label, count: unread });
  const messages = (conversation?.events ?? []).filter(
    (event) => event.kind === 'message' && event.message.author === 'visitor',
  );
  return {
    said: messages.length,
    engaged: conversation?.handoff != null || conversation?.state === 'active',
    active: waiting || agent !== null,
    title: say('title', { shop: widget.shopName }),
    openLabel: label,
    closeLabel: say('close'),
    unread,
    line,
    initials: agent === null ? null : initials(agent),
    colors: { light: light.brand, onLight: light.onBrand, dark: dark.brand, onDark: dark.onBrand },
  };
}

function lineText(position: QueuePosition | null, format: Format, say: Say): string {
  if (position === null) return say('joiningLine');
  const place = format.place(position);
  if (position.wait === null) return say('inLine', { place });
  const { range, unit } = format.wait(position.wait);
  return say('inLineWait', { place, wait: `${range} ${unit}` });
}
