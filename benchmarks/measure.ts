import { readdirSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';

/** The middle value, or the mean of the two in the middle. Not a number for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? Number.NaN : (lower + upper) / 2;
}

/** Clock ticks per second of /proc/<pid>/stat on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/** User and system time of a process so far, in milliseconds. */
export function cpuMilliseconds(pid: number): number {
  const fields = statFields(pid);
  return fields ? ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000 : 0;
}

/**
 * User and system time of processes and of all that they have started, in milliseconds; of those that have ended, too, once their
 * parents know.
 */
export function familyMilliseconds(pids: readonly number[]): number {
  const family = new Set(pids.flatMap((pid) => [pid, ...descendantsOf(pid)]));
  const ticks = [...family].map((pid) => statFields(pid)?.slice(11, 15).map(Number) ?? []);
  return (ticks.flat().reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND) * 1000;
}

/** Bytes of memory that a process has now. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Runs of `cpuOf`, after one that warms up. */
const CPU_RUNS = 5;

/** Processor milliseconds of this process for some work, the median of several runs, and what the last one gave. */
export async function cpuOf<Result>(work: () => Promise<Result>): Promise<{ cpu: number; result: Result }> {
  let result = await work();
  const samples: number[] = [];
  for (let run = 0; run < CPU_RUNS; run++) {
    const before = process.cpuUsage();
    result = await work();
    const { user, system } = process.cpuUsage(before);
    samples.push((user + system) / 1000);
  }
  return { cpu: median(samples), result };
}

/** Processes below one process, at any depth. */
export function descendantsOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const fields = /^\d+$/.test(entry) ? statFields(Number(entry)) : undefined;
    if (!fields) continue;
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

/** The descendants whose environment says that they run the named part of the product. */
export function functionProcesses(root: number, namePart: string): number[] {
  return descendantsOf(root).filter((pid) => {
    const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(readOrEmpty(`/proc/${pid}/environ`))?.[1];
    return name?.toLowerCase().includes(namePart) ?? false;
  });
}

function statFields(pid: number): string[] | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : undefined;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // The process ended between listing and reading.
  }
}

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly medianMilliseconds: number;
  readonly failed: number;
  readonly serverTiming: Readonly<Record<string, number>>;
}

/** A closed loop: each of the connections asks for the next URL as soon as it has its answer. */
export async function drive(urls: readonly string[], connections: number, accept = '*/*'): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const serverTiming: Record<string, number> = {};
  let next = 0;
  let failed = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let url = urls[next++]; url; url = urls[next++]) {
      const began = performance.now();
      const answer = await request(url, agent, accept);
      latencies.push(performance.now() - began);
      if (answer.status !== 200) failed++;
      const source = /cache;desc=(\w+)/.exec(answer.timing)?.[1] ?? 'none';
      serverTiming[source] = (serverTiming[source] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    medianMilliseconds: median(latencies),
    failed,
    serverTiming,
  };
}

function request(url: string, agent: Agent, accept: string): Promise<{ status: number; timing: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { accept } }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, timing: String(response.headers['server-timing'] ?? '') }),
      );
    }).on('error', reject);
  });
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column ? '---:' : '---'))), ...rows.map(line)].join('\n');
}
