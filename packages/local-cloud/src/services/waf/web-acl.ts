import { compileStatement, type Statement } from './statement.ts';
import type { Config, EntityLookup, WebAclRequest } from './web-acl-request.ts';

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
  /** AWS::WAFv2::RuleGroup by ARN. @default none */
  readonly ruleGroups?: EntityLookup;
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
  readonly OverrideAction?: { readonly Count?: object };
  readonly RuleLabels?: readonly { readonly Name: string }[];
}

type ResponseBodies = Readonly<Record<string, { readonly Content: string; readonly ContentType: string }>>;

/** What a rule says to a request: nothing when it does not match, or only counts. It puts its labels on. */
type Decide = (request: WebAclRequest & { readonly labels: Set<string> }) => WebAclVerdict | undefined;

interface Surroundings {
  readonly ipSets: EntityLookup;
  readonly ruleGroups: EntityLookup;
  readonly bodies: ResponseBodies;
  readonly now: () => Date;
}

const ALLOWED: WebAclVerdict = { action: 'allow' };

/** Before a label of one's own stands whose it is (AWS WAF, "Label syntax and naming requirements"). */
const LABEL_PREFIX = 'awswaf:000000000000:webacl:local:';

/**
 * A web ACL (AWS::WAFv2::WebACL, resolved) as far as one machine can evaluate it. IP sets and rule groups are looked up at
 * each request, because they change at run time.
 * @param ipSets AWS::WAFv2::IPSet by ARN
 * @throws for a statement that is not evaluated here and for an IP set or rule group that is not there
 */
export function createWebAcl(properties: Config, ipSets: EntityLookup, options: WebAclOptions): WebAcl {
  const { now = () => new Date(), countryHeader, ruleGroups = new Map() } = options;
  const bodies = (properties.CustomResponseBodies ?? {}) as ResponseBodies;
  const surroundings = { ipSets, ruleGroups, bodies, now };
  const rules = inOrder(properties.Rules);
  const decide = compileRules(rules, surroundings);
  const byDefault = verdictOf((properties.DefaultAction ?? {}) as Action, bodies) ?? ALLOWED;
  return {
    decide: (request) => {
      const country = request.country ?? (countryHeader === undefined ? undefined : request.headers[countryHeader]);
      const labels = new Set(country === undefined ? [] : [`awswaf:clientip:geo:country:${country}`]);
      return decide({ ...request, ...(country !== undefined && { country }), labels }) ?? byDefault;
    },
    notEvaluated: rules.filter(isManaged).map(({ Name }) => Name),
  };
}

/**
 * Compiles the rules of a rule group, to see whether they can be evaluated here.
 * @throws as `createWebAcl`
 */
export function checkRules(rules: unknown, ipSets: EntityLookup): void {
  compileRules(inOrder(rules), { ipSets, ruleGroups: new Map(), bodies: {}, now: () => new Date() });
}

const isManaged = ({ Statement }: Rule): boolean => Statement.ManagedRuleGroupStatement !== undefined;

function inOrder(rules: unknown): Rule[] {
  return [...((rules ?? []) as readonly Rule[])].sort((a, b) => a.Priority - b.Priority);
}

/** The first rule that decides is the one that counts. */
function compileRules(rules: readonly Rule[], surroundings: Surroundings): Decide {
  const compiled = rules.filter((rule) => !isManaged(rule)).map((rule) => compileRule(rule, surroundings));
  return (request) => {
    for (const decide of compiled) {
      const verdict = decide(request);
      if (verdict) return verdict;
    }
    return undefined;
  };
}

function compileRule(rule: Rule, surroundings: Surroundings): Decide {
  const { Statement, Action = {}, RuleLabels = [] } = rule;
  if (Statement.RuleGroupReferenceStatement) {
    return compileGroup(Statement.RuleGroupReferenceStatement.Arn, rule, surroundings);
  }
  const matches = compileStatement(Statement, surroundings);
  const labels = RuleLabels.map(({ Name }) => LABEL_PREFIX + Name);
  const verdict = verdictOf(Action, surroundings.bodies);
  return (request) => {
    if (!matches(request)) return undefined;
    for (const label of labels) request.labels.add(label);
    return verdict;
  };
}

/** A group is compiled again when it has changed. With the override Count it decides nothing. */
function compileGroup(arn: string, { OverrideAction = {} }: Rule, surroundings: Surroundings): Decide {
  let compiledFrom: Config | undefined;
  let decide: Decide = () => undefined;
  const compile = (): void => {
    const group = surroundings.ruleGroups.get(arn);
    if (!group) throw new Error(`There is no rule group ${arn}.`);
    if (group !== compiledFrom) decide = compileRules(inOrder(group.Rules), surroundings);
    compiledFrom = group;
  };
  compile();
  return (request) => {
    compile();
    const verdict = decide(request);
    return OverrideAction.Count ? undefined : verdict;
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
