/*
 * The part of the Model Context Protocol that a server of tools speaks: JSON-RPC 2.0, a message on each line. It is small, and its
 * official library brings a web framework along.
 */

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Answers requests by their methods. */
export type Methods = Readonly<
  Record<string, (params: Readonly<Record<string, unknown>>) => Promise<unknown> | unknown>
>;

/** A request that cannot be answered (JSON-RPC 2.0, "Error object"). */
export class ProtocolError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const INVALID_PARAMS = -32602;
const [PARSE_ERROR, METHOD_NOT_FOUND, INTERNAL_ERROR] = [-32700, -32601, -32603];

/** Answers one line. @returns undefined for a notification, and for what was no request */
export async function answerLine(methods: Methods, line: string): Promise<string | undefined> {
  const message = parsed(line);
  if (message === undefined) return errorLine(null, PARSE_ERROR, 'The line is no JSON object.');
  const { id, method, params = {} } = message;
  if (id === undefined || method === undefined) return undefined;
  const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!answer) return errorLine(id, METHOD_NOT_FOUND, `There is no method ${method}.`);
  try {
    return JSON.stringify({ jsonrpc: '2.0', id, result: await answer(params) });
  } catch (error) {
    if (error instanceof ProtocolError) return errorLine(id, error.code, error.message);
    // What it was may tell of this machine.
    return errorLine(id, INTERNAL_ERROR, 'The call could not be made.');
  }
}

function parsed(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const errorLine = (id: string | number | null, code: number, message: string): string =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
