import { existsSync, readFileSync } from 'node:fs';

const RECORDER = new URL('./record-connections.cjs', import.meta.url).pathname;

/** Who is connected to, by the kind of process that does. */
export type Connections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the product connects to on one machine, and why. */
export const DECLARED: Connections = JSON.parse(
  readFileSync(new URL('../../docs/connections.json', import.meta.url), 'utf8'),
);

/** Makes a Node process and those below it write into a file where they connect to. */
export const recordingInto = (file: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--require ${RECORDER}`,
  RECORD_CONNECTIONS: file,
});

/** `kind to`, each once. */
export function recordedIn(file: string): string[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return [...new Set(lines.map((line) => Object.values(JSON.parse(line)).join(' ')))].sort();
}

/** The same of a list. */
export const namedIn = (connections: Connections): string[] =>
  Object.entries(connections)
    .flatMap(([kind, hosts]) => Object.keys(hosts).map((host) => `${kind} ${host}`))
    .sort();
