import { compileStatement, type Match, type Statement } from './statement.ts';
import type { Config, WebAclRequest } from './web-acl-request.ts';

export type { Statement } from './statement.ts';
export type { WebAclRequest } from './web-acl-request.ts';

export type WebAclVerdict =
  | { readonly action: 'allow' }
  | {
      readonly action: 'block';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface WebAcl {
  decide(request: WebAclRequest): WebAclVerdict;
  /** Rules that only AWS can evaluate, by name. */
  readonly notEvaluated: readonly string[];
}

export interface WebAclOptions {
  /** @default the clock */
  readonly now?: () => Date;
  /**
   * Request header that tells the viewer's country, for tests. Nobody knows the country of an address on one machine, and
   * a viewer who could send it would choose it.
   * @default none
   */
  readonly countryHeader?: string;
}

interface Action {
  readonly Block?: { readonly CustomResponse?: CustomResponse };
  readonly Allow?: object;
  readonly Count?: object;
}

interface CustomResponse {
  readonly ResponseCode: number;
  readonly CustomResponseBodyKey?: string;
  readonly ResponseHeaders?: readonly { readonly Name: string; readonly Value: string }[];
}

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: Statement;
  readonly Action?: Action;
  readonly RuleLabels?: readonly { readonly Name: string }[];
}

type ResponseBodies = Readonly<Record<string, { readonly Content: string; readonly ContentType: string }>>;

interface CompiledRule {
  readonly matches: Match;
  readonly labels: readonly string[];
  /** Undefined for a rule that only counts: it puts its labels on, and the next rule follows. */
  readonly verdict: WebAclVerdict | undefined;
}

const ALLOWED: WebAclVerdict = { action: 'allow' };

/** Before a label of one's own stands whose it is (AWS WAF, "Label syntax and naming requirements"). */
const LABEL_PREFIX = 'awswaf:000000000000:webacl:local:';

/**
 * A web ACL (AWS::WAFv2::WebACL, resolved) as far as one machine can evaluate it.
 * @param ipSets AWS::WAFv2::IPSet by ARN
 * @throws for a statement that is not evaluated here and for an IP set that is not there
 */
export function createWebAcl(properties: Config, ipSets: ReadonlyMap<string, Config>, options: WebAclOptions): WebAcl {
  const { now = () => new Date(), countryHeader } = options;
  const bodies = (properties.CustomResponseBodies ?? {}) as ResponseBodies;
  const rules = [...((properties.Rules ?? []) as readonly Rule[])].sort((a, b) => a.Priority - b.Priority);
  const isManaged = ({ Statement }: Rule): boolean => Statement.ManagedRuleGroupStatement !== undefined;
  const compiled = rules.filter((rule) => !isManaged(rule)).map((rule) => compileRule(rule, ipSets, bodies, now));
  const byDefault = verdictOf((properties.DefaultAction ?? {}) as Action, bodies) ?? ALLOWED;
  return {
    decide: (request) => {
      const country = request.country ?? (countryHeader === undefined ? undefined : request.headers[countryHeader]);
      const labels = new Set(country === undefined ? [] : [`awswaf:clientip:geo:country:${country}`]);
      const labelled = { ...request, ...(country !== undefined && { country }), labels };
      for (const { matches, labels: own, verdict } of compiled) {
        if (!matches(labelled)) continue;
        for (const label of own) labels.add(label);
        if (verdict) return verdict;
      }
      return byDefault;
    },
    notEvaluated: rules.filter(isManaged).map(({ Name }) => Name),
  };
}

function compileRule(
  { Statement, Action = {}, RuleLabels = [] }: Rule,
  ipSets: ReadonlyMap<string, Config>,
  bodies: ResponseBodies,
  now: () => Date,
): CompiledRule {
  return {
    matches: compileStatement(Statement, { ipSets, now }),
    labels: RuleLabels.map(({ Name }) => LABEL_PREFIX + Name),
    verdict: verdictOf(Action, bodies),
  };
}

function verdictOf({ Block, Allow }: Action, bodies: ResponseBodies): WebAclVerdict | undefined {
  if (Allow) return ALLOWED;
  if (!Block) return undefined;
  const { CustomResponse: custom } = Block;
  if (!custom) return { action: 'block', status: 403 };
  const headers = (custom.ResponseHeaders ?? []).map(({ Name, Value }) => [Name.toLowerCase(), Value] as const);
  const body = custom.CustomResponseBodyKey === undefined ? undefined : bodies[custom.CustomResponseBodyKey];
  return {
    action: 'block',
    status: custom.ResponseCode,
    body: body?.Content ?? '',
    headers: {
      ...(body && { 'content-type': CONTENT_TYPES[body.ContentType] ?? 'text/plain' }),
      ...Object.fromEntries(headers),
    },
  };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  TEXT_PLAIN: 'text/plain',
  TEXT_HTML: 'text/html',
  APPLICATION_JSON: 'application/json',
};
