import { Problem, problem } from '../core/kernel/problems.ts';
import type { AnyOperation, Method } from './operation.ts';

/** Decoded path segments, by the names that the operation gives them. */
export type PathParameters = Readonly<Record<string, string>>;

export interface Routed {
  readonly operation: AnyOperation;
  readonly parameters: PathParameters;
}

/** Every method that some path of the API has. */
export const API_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A known path was called with another method. `allow` goes into the header of that name (RFC 9110, section 15.5.6). */
export class MethodNotAllowed extends Problem {
  readonly allow: string;

  constructor(message: string, allow: readonly string[]) {
    super('method.not-allowed', message);
    this.allow = allow.join(', ');
  }
}

interface Pattern {
  readonly operation: AnyOperation;
  readonly segments: readonly string[];
  readonly parameterCount: number;
}

/**
 * Finds operations by method and path. A trailing slash means nothing: older ImageKit SDKs send one. A segment that is
 * written out comes before one that stands for a parameter (`/v1/files/purge` before `/v1/files/:fileId`).
 */
export function router(operations: readonly AnyOperation[]) {
  const byLength = new Map<number, Pattern[]>();
  for (const pattern of operations.flatMap(patternsOf)) {
    byLength.set(pattern.segments.length, [...(byLength.get(pattern.segments.length) ?? []), pattern]);
  }
  for (const patterns of byLength.values()) patterns.sort((a, b) => a.parameterCount - b.parameterCount);

  /** @throws Problem route.unknown or method.not-allowed */
  return (method: string, pathname: string): Routed => {
    const path = pathname.replace(/(.)\/+$/, '$1');
    const given = path.split('/');
    const candidates = fewestParameters((byLength.get(given.length) ?? []).flatMap((pattern) => match(pattern, given)));
    if (candidates.length === 0) throw problem('route.unknown', `The API has no path "${path.slice(0, 200)}".`);
    const found = candidates.find(({ operation }) => operation.methods.includes(method as Method));
    if (found) return found;
    const methods = candidates.flatMap(({ operation }) => operation.methods);
    throw new MethodNotAllowed(`"${path.slice(0, 200)}" allows ${methods.join(', ')}.`, [...methods, 'OPTIONS']);
  };
}

function patternsOf(operation: AnyOperation): Pattern[] {
  return operation.paths.map((path) => {
    const segments = path.split('/');
    return { operation, segments, parameterCount: segments.filter((segment) => segment.startsWith(':')).length };
  });
}

function match({ operation, segments }: Pattern, given: readonly string[]): Routed[] {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== value) return [];
      continue;
    }
    const decoded = decode(value);
    if (!decoded) return [];
    parameters[segment.slice(1)] = decoded;
  }
  return [{ operation, parameters }];
}

/** Undefined for what is no escaped UTF-8. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function fewestParameters(candidates: readonly Routed[]): readonly Routed[] {
  const count = ({ parameters }: Routed) => Object.keys(parameters).length;
  const fewest = Math.min(...candidates.map(count));
  return candidates.filter((candidate) => count(candidate) === fewest);
}
