import type { Api } from '../api/api.ts';
import { CommandFailed } from '../command-failed.ts';
import type { ToolCall } from './tools.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** What a tool answers (Model Context Protocol 2025-06-18, "Tool result"). */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly isError?: true;
}

/** Makes the call of a tool. What the API refuses is a result, so that the assistant reads why. */
export async function callTool(api: Api, call: ToolCall, given: Arguments): Promise<ToolResult> {
  try {
    const answer = await api.call(call.method, pathOf(call, given), {
      query: textsOf(argumentsIn(call, given, 'query')),
      ...bodyOf(call, given),
    });
    const text = await answer.text();
    const cursor = answer.headers.get('x-next-cursor');
    return {
      content: textContent(text || 'Done.', ...(cursor ? [`There is more: give this as cursor: ${cursor}`] : [])),
    };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { content: textContent(error.message), isError: true };
  }
}

const textContent = (...texts: string[]) => texts.map((text) => ({ type: 'text' as const, text }));

/** @throws CommandFailed for an argument that the tool does not have, or a missing one of the path */
function argumentsIn({ tool, places }: ToolCall, given: Arguments, place: string): Arguments {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(places, name));
  if (unknown !== undefined) throw new CommandFailed(`${tool.name} has no argument ${unknown}.`);
  return Object.fromEntries(Object.entries(given).filter(([name]) => places[name] === place));
}

function pathOf(call: ToolCall, given: Arguments): string {
  const values = argumentsIn(call, given, 'path');
  return call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (!values[name]) throw new CommandFailed(`${call.tool.name} needs ${name}.`);
    return encodeURIComponent(String(values[name]));
  });
}

function bodyOf(call: ToolCall, given: Arguments): { readonly body?: unknown } {
  const members = argumentsIn(call, given, 'body');
  if (!Object.values(call.places).includes('body')) return {};
  if (!call.isForm) return { body: members };
  const form = new FormData();
  for (const [name, value] of Object.entries(textsOf(members))) form.set(name, value);
  return { body: form };
}

const textsOf = (values: Arguments): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
