export default function setUpTemplate(): Promise<() => Promise<void>>;
export function templateOfThisRun(): { serverUrl: string; name: string };
