/** What the desk calls somebody whose name nobody has told it. Always the same for the same visitor. */
export function visitorLabel(visitorId: string): string {
  return `Visitor ${visitorId.slice(-4).toUpperCase()}`;
}
