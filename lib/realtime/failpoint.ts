/** Ends the process as a power cut would, at the named point and once in so many passes: `after-commit:20`. For fault tests. */
export function failpointOf(setting: string | null): (name: string) => void {
  if (setting === null) return () => {};
  const [point, every = '1'] = setting.split(':');
  let left = Number(every);
  return (name) => {
    if (name === point && --left <= 0) process.kill(process.pid, 'SIGKILL');
  };
}
