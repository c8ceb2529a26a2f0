import type { AuditEvent, AuditObject } from '../../audit/event.ts';
import type { Change } from './change.ts';
import type { PendingEffects } from './library-store.ts';

/** What a change left behind for those who follow the library. */
export interface ChangeNote extends PendingEffects {
  /** Of the change's event, as `object`. Missing where somebody left effects without a change. */
  readonly action?: string;
  readonly object?: AuditObject;
  /** The change made a file, and not a version of one. */
  readonly createsFile?: true;
  /** The version that the change was about. */
  readonly versionId?: string;
  /** The file whose versions the moved file became. */
  readonly mergedInto?: string;
}

export function noteOf({ steps, effects = [] }: Change, event: AuditEvent): ChangeNote {
  const { id, at, action, object, before, after } = event;
  const createsFile = steps.some((step) => 'create' in step && step.create === 'head');
  return {
    ...{ eventId: id, at, action, object, effects },
    ...(createsFile && { createsFile }),
    ...textOf('versionId', after?.versionId ?? before?.versionId),
    ...textOf('mergedInto', after?.mergedInto),
  };
}

const textOf = <Name extends string>(name: Name, value: unknown) =>
  (typeof value === 'string' ? { [name]: value } : {}) as { readonly [N in Name]?: string };
