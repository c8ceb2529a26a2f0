import type { ExampleCall } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';
import { fresh } from './places.ts';

/** What belongs to a URL endpoint, or to none. */
export interface EndpointPlace {
  readonly name: string;
  /** As a rule names it. */
  readonly scope: string;
  /** Of the endpoint that keys are bound to. */
  readonly isOwn: boolean;
  /** What refused calls are about; nothing of it may change. */
  readonly ruleId: string;
}

/** One operation about a URL endpoint, or about something that belongs to one. */
export interface EndpointCall {
  readonly operation: string;
  readonly variant?: string;
  /** What who may do it with their own endpoint alone is told of another. */
  readonly other: 403 | 404 | 'let in';
  /** A rule may be nobody's; an endpoint is one. @default false */
  readonly ofGlobal?: true;
  readonly call: (place: EndpointPlace, own: EndpointPlace) => ExampleCall;
  /** What an allowed call uses up. @default nothing */
  readonly use?: (deployment: Deployment, place: EndpointPlace) => Promise<EndpointPlace>;
}

const ENDPOINTS = '/v1/accounts/url-endpoints';
const RULES = '/v1/accounts/rules';

const ruleFor = (scope: string) => ({
  scope,
  effect: 'block',
  match: { type: 'urlPattern', values: ['/never/**'] },
  reason: 'Matrix',
});

/** @returns the id of a new rule of this scope */
export const newRule = async ({ made }: Deployment, scope: string): Promise<string> =>
  (await made<{ id: string }>({ method: 'POST', path: RULES, json: ruleFor(scope) })).id;

const spareRule = async (deployment: Deployment, place: EndpointPlace) => ({
  ...place,
  ruleId: await newRule(deployment, place.scope),
});

/** Whoever may delete this endpoint may: it is not the default one, and nobody else knows it. */
const spareEndpoint = async ({ made }: Deployment, place: EndpointPlace) => {
  if (place.isOwn || place.scope === 'default') return place;
  const json = { description: 'Spare', urlPrefix: fresh('spare') };
  return { ...place, scope: (await made<{ id: string }>({ method: 'POST', path: ENDPOINTS, json })).id };
};

export const ENDPOINT_CALLS: readonly EndpointCall[] = [
  { operation: 'url-endpoints.list', other: 'let in', call: () => ({ method: 'GET', path: ENDPOINTS }) },
  {
    operation: 'url-endpoints.get',
    other: 404,
    call: ({ scope }) => ({ method: 'GET', path: `${ENDPOINTS}/${scope}` }),
  },
  {
    operation: 'url-endpoints.update',
    other: 404,
    // Who is let in is told that there is no such origin.
    call: ({ scope }) => ({
      method: 'PUT',
      path: `${ENDPOINTS}/${scope}`,
      json: { description: 'Matrix', origins: ['0'.repeat(24)] },
    }),
  },
  {
    operation: 'url-endpoints.migrate',
    other: 404,
    // Who is let in is told that another API is to be asked.
    call: ({ scope }) => ({ method: 'POST', path: `${ENDPOINTS}/${scope}/migrate`, json: { region: 'nowhere' } }),
  },
  {
    operation: 'url-endpoints.delete',
    other: 404,
    use: spareEndpoint,
    call: ({ scope }) => ({ method: 'DELETE', path: `${ENDPOINTS}/${scope}` }),
  },
  { operation: 'rules.list', other: 'let in', ofGlobal: true, call: () => ({ method: 'GET', path: RULES }) },
  {
    operation: 'rules.get',
    other: 404,
    ofGlobal: true,
    call: ({ ruleId }) => ({ method: 'GET', path: `${RULES}/${ruleId}` }),
  },
  {
    operation: 'rules.create',
    other: 403,
    ofGlobal: true,
    call: ({ scope }) => ({ method: 'POST', path: RULES, json: ruleFor(scope) }),
  },
  {
    operation: 'rules.update',
    variant: 'of',
    other: 404,
    ofGlobal: true,
    call: ({ ruleId, scope }) => ({ method: 'PUT', path: `${RULES}/${ruleId}`, json: ruleFor(scope) }),
  },
  {
    operation: 'rules.update',
    variant: 'to',
    other: 403,
    ofGlobal: true,
    call: ({ scope }, { ruleId }) => ({
      method: 'PUT',
      path: `${RULES}/${ruleId}`,
      // Another type than it is of: who is let in is told so, and the rule stays.
      json: { ...ruleFor(scope), match: { type: 'country', values: ['KP'] } },
    }),
  },
  {
    operation: 'rules.delete',
    other: 404,
    ofGlobal: true,
    use: spareRule,
    call: ({ ruleId }) => ({ method: 'DELETE', path: `${RULES}/${ruleId}` }),
  },
];
