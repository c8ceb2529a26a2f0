import type { ProblemCode } from '../../core/kernel/problems.ts';
import type { AnyOperation } from '../operation.ts';

/** Codes that `serve` itself answers with for an operation, and the operation's own. */
export function problemsOf({
  access,
  input,
  methods,
  paths,
  problems,
  conditional,
  rateClass,
}: AnyOperation): readonly ProblemCode[] {
  const all: ProblemCode[] = ['input.invalid', 'internal'];
  if ('permission' in access) all.push('key.missing', 'key.unknown', 'permission.missing');
  if ('permission' in access && rateClass !== 'upload') all.push('rate.exceeded');
  // An escaped parameter that is empty or no UTF-8 is no such path.
  const hasParameter = paths.some((path) => path.includes('/:'));
  if (hasParameter) all.push('route.unknown');
  // The gateway cuts a path at an escaped question mark: what is left may have other methods.
  if (hasParameter) all.push('method.not-allowed');
  if (!methods.includes('GET')) all.push('site.foreign');
  if (input.body.kind === 'json') all.push('body.unsupported', 'body.malformed', 'body.too-large');
  if (conditional) all.push('file.changed');
  return [...new Set([...all, ...problems])];
}
