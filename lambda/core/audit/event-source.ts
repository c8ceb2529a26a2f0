import type { Caller } from '../kernel/caller.ts';

/**
 * By which way a change came in. `dashboard`: a person at pages of the API's own host, with a session, or about to get one: who accepts an
 * invitation or signs in. `command-line`: a person with an access token. `api`: a key, a signed form, or nobody. `system`: a run of ours, whoever began what it carries on.
 */
export const EVENT_SOURCES = ['api', 'dashboard', 'command-line', 'system', 'break-glass'] as const;

export type EventSource = (typeof EVENT_SOURCES)[number];

export type SourceOf = (caller: Pick<Caller, 'kind'>) => EventSource;

/** Of what one call of the API changes; nothing that a client writes about itself is believed. @param hasToken whether it brought an access token */
export const sourceOfCall =
  (hasToken: boolean): SourceOf =>
  ({ kind }) => {
    if (kind === 'system' || kind === 'break-glass') return kind;
    if (kind !== 'person') return 'api';
    return hasToken ? 'command-line' : 'dashboard';
  };

/** Of a run of ours. */
export const sourceOfRun: SourceOf = () => 'system';
