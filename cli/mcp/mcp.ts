import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Api } from '../api/api.ts';
import { API_HELP, API_OPTIONS, apiOf } from '../api/api.ts';
import { callTool } from './call-tool.ts';
import type { Methods } from './protocol.ts';
import { answerLine, INVALID_PARAMS, ProtocolError } from './protocol.ts';
import type { OpenApi, ToolCall } from './tools.ts';
import { toolsOf } from './tools.ts';

export const MCP_HELP = `Usage: vitrine mcp [--read-only] [--api URL]

Serves the operations of the API as tools to an assistant, by the Model Context Protocol on standard input and output. The
assistant's settings name this command and the environment. The tools are those that the deployment documents; what takes away or
overwrites is marked as destructive. The rights of the key hold, and the audit log tells every change as made by it: give the
assistant a restricted key of its own.

  --read-only  only what changes nothing
${API_HELP}
Exit codes: 0 the assistant has ended it, 1 the API does not answer, 2 the call is wrong.
`;

/** Newest first; a client that asks for another one is told the first. */
const VERSIONS = ['2025-06-18', '2025-03-26', '2024-11-05'];

/** Runs the verb. @returns the exit code */
export async function mcp(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...API_OPTIONS, 'read-only': { type: 'boolean', default: false } },
  });
  if (values.help) {
    print(MCP_HELP);
    return 0;
  }
  const api = apiOf(values.api);
  const document = (await (await api.call('GET', '/v1/openapi.json')).json()) as OpenApi;
  const all = [...toolsOf(document)];
  const tools = new Map(values['read-only'] ? all.filter(([, { tool }]) => tool.annotations.readOnlyHint) : all);
  await serve(methodsOf(api, tools), print);
  return 0;
}

const methodsOf = (api: Api, tools: ReadonlyMap<string, ToolCall>): Methods => ({
  initialize: ({ protocolVersion }) => ({
    protocolVersion: VERSIONS.find((version) => version === protocolVersion) ?? VERSIONS[0],
    capabilities: { tools: {} },
    serverInfo: { name: 'vitrine', version: '1' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools: [...tools.values()].map(({ tool }) => tool) }),
  'tools/call': ({ name, arguments: given = {} }) => {
    const call = tools.get(String(name));
    if (!call) throw new ProtocolError(INVALID_PARAMS, `There is no tool ${name}.`);
    return callTool(api, call, given as Readonly<Record<string, unknown>>);
  },
});

/** Answers each line of the standard input, until it ends. */
async function serve(methods: Methods, print: (text: string) => void): Promise<void> {
  const running = new Set<Promise<void>>();
  for await (const line of createInterface({ input: process.stdin })) {
    const one = answerLine(methods, line)
      .then((answer) => void (answer !== undefined && print(`${answer}\n`)))
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
}
