import type { AnyOperation } from '../../../lambda/api/operation.ts';
import type { FolderCall, Need } from './folder-call.ts';
import type { Place } from './places.ts';
import type { Standing } from './standing.ts';

/** What must come of a call: it is let in, or refused with a status. */
export type Outcome = 'let in' | 401 | 403 | 404;

/** Of an operation that lies in no folder: a right that is bound to folders never covers it. */
export function expectedOfAccount({ access }: AnyOperation, { permissions, isBound }: Standing): Outcome {
  if (!('permission' in access)) return 'let in';
  return permissions.has(access.permission) && !isBound ? 'let in' : 403;
}

/** Of an operation about something in a folder: what may not be seen is missing, what may not be changed is forbidden. */
export function expectedInFolder(
  { access }: AnyOperation,
  { needs }: FolderCall,
  standing: Standing,
  place: Place,
  counterpart: Place,
): Outcome {
  if (!('permission' in access)) return 'let in';
  if (!standing.permissions.has(access.permission) || !isSomewhere(standing)) return 403;
  if (access.notByKeys && standing.isKey) return 403;
  for (const need of needs) {
    const refused = refusal(need, standing, need.at === 'place' ? place : counterpart);
    if (refused) return refused;
  }
  return 'let in';
}

const isSomewhere = ({ isBound, inFolder }: Standing): boolean => !isBound || inFolder === true;

function refusal({ permission, of }: Need, { permissions, isBound }: Standing, place: Place): Outcome | undefined {
  const isCovered = !isBound || place.isInOwn;
  if (of === 'present' && place.isGone) return 404;
  if (of === 'upload') return isCovered && permissions.has(permission) ? undefined : 404;
  if (of !== 'path' && !(isCovered && permissions.has('files.read'))) return 404;
  return isCovered && permissions.has(permission) ? undefined : 403;
}

/** Of an operation about a URL endpoint, or something that belongs to one; `other` is what the caller is told of another endpoint's. */
export function expectedWithEndpoint(
  { access }: AnyOperation,
  { permissions, isBound, withEndpoint }: Standing,
  { isOwn, other }: { readonly isOwn: boolean; readonly other: Outcome },
): Outcome {
  if (!('permission' in access)) return 'let in';
  if (!permissions.has(access.permission) || (isBound && !withEndpoint)) return 403;
  return isBound && !isOwn ? other : 'let in';
}

/** What came of a call. */
export const outcomeOf = (status: number): Outcome | number =>
  status === 401 || status === 403 || status === 404 || status >= 500 ? status : 'let in';
