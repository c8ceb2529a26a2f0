import type { Permission } from '../../../lambda/core/accounts/permissions.ts';
import type { ExampleCall } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';
import type { Kept, Place } from './places.ts';
import { fresh } from './places.ts';

/** A right that an operation asks for: in the place of the cell, or in the folder of the caller's that is its counterpart. */
export interface Need {
  readonly permission: Permission;
  readonly at: 'place' | 'counterpart';
  /** `present`: it must be there and seen. `path`: only a path is named, which is free when what was there is in the trash. `upload`: one that is not completed, known to
   * nobody who may not upload there. */
  readonly of: 'present' | 'path' | 'trashed' | 'upload';
}

/** What is there before a call; `counterpart` lies in the caller's own folder. */
interface Around {
  readonly place: Place;
  readonly counterpart: Place;
  readonly target: Kept;
}

/** One operation about something in a folder. */
export interface FolderCall {
  readonly operation: string;
  /** Which of its rights the place decides, where it has several. */
  readonly variant?: string;
  readonly needs: readonly Need[];
  readonly call: (around: Around) => ExampleCall;
  /** Where its target is. @default the place of the cell */
  readonly targetAt?: 'counterpart';
  /** What an allowed call uses up, made for it alone. */
  readonly use?: (deployment: Deployment, place: Place) => Promise<Partial<Kept>>;
}

export const present = (permission: Permission, at: Need['at'] = 'place'): Need => ({ permission, at, of: 'present' });
export const path = (permission: Permission, at: Need['at'] = 'place'): Need => ({ permission, at, of: 'path' });

/** A path below a place that nothing has yet. */
export const below = (place: Place): string => `${place.path === '/' ? '' : place.path}/${fresh('to')}`;
