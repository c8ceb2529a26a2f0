import type { ProblemCode } from '../../core/kernel/problems.ts';
import type { AnyOperation } from '../operation.ts';

/** Codes that `serve` itself answers with for an operation, and the operation's own. */
export function problemsOf({ access, input, methods, problems }: AnyOperation): readonly ProblemCode[] {
  const all: ProblemCode[] = ['input.invalid', 'internal'];
  if ('permission' in access) all.push('key.missing', 'key.unknown', 'permission.missing');
  if (!methods.includes('GET')) all.push('site.foreign');
  if (input.body.kind === 'json') all.push('body.unsupported', 'body.malformed', 'body.too-large');
  return [...new Set([...all, ...problems])];
}
