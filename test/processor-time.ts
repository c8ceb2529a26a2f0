/**
 * Milliseconds that all threads of this process were busy during some work. What a thing may cost is held to these, because
 * other work on the machine makes any clock run on.
 */
export async function processorMilliseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
