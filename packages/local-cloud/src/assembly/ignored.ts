import type { PropertySpec } from './resource-type.ts';

/* Reasons that properties of several services share. */

export const TEXT_FOR_PEOPLE: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

export const NO_IAM: PropertySpec = { ignored: 'Permissions are not evaluated on this machine.' };

export const NO_METRICS: PropertySpec = { ignored: 'There are no metrics on this machine.' };

export const NO_TLS: PropertySpec = { ignored: 'The loopback interface has no TLS.' };
