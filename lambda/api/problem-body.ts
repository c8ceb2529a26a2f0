import { urlEndpoint } from '../contract/edge.ts';
import type { Problem } from '../core/kernel/problems.ts';

/** What every refusal says. @param host of the API, whose page explains the code. @default the link has none */
export function problemBody({ code, message }: Problem, host: string | null | undefined) {
  return { message, help: `${host ? urlEndpoint(host) : ''}/docs#${code}`, code };
}
