/**
 * The guard of `process-guard.ts`. Reads `+target` and `-target` lines from its input, where a target is a process id
 * or the negative id of a process group, and kills what is left on the list when the input ends.
 */
const targets = new Set<number>();
let rest = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const target = Number(line.slice(1));
    // 0, 1 and -1 would address the guard's own group, the first process or every process there is.
    if (!Number.isInteger(target) || Math.abs(target) <= 1) continue;
    if (line.startsWith('+')) targets.add(target);
    else targets.delete(target);
  }
});
process.stdin.on('close', () => {
  for (const target of targets) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
});
