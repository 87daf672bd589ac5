import type { Namespace } from 'socket.io';
import type { AgentActor } from '@/lib/domain/actor';
import { allows, type Resource } from '@/lib/domain/permissions';
import { rooms } from './rooms';

/** A conversation that changed hands may have left somebody's teams: who may no longer read it leaves its room. */
export function evict(agents: Namespace, conversation: Resource & { id: string }): void {
  const room = rooms.staff(conversation.id);
  for (const socketId of [...(agents.adapter.rooms.get(room) ?? [])]) {
    const socket = agents.sockets.get(socketId);
    const actor: AgentActor | undefined = socket?.data.actor;
    if (socket && actor && !allows(actor, 'conversation.read', conversation)) void socket.leave(room);
  }
}
