/** `America/Argentina/Buenos_Aires` is Buenos Aires to people. */
export function zoneCity(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
