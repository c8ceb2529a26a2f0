import { BlockList, isIPv6 } from 'node:net';
import { RequestRate } from './request-rate.ts';

type Config = Readonly<Record<string, unknown>>;

/** A request as a web ACL sees it. */
export interface WebAclRequest {
  readonly ip: string;
  readonly method: string;
  readonly uri: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Two letters (ISO 3166); undefined where nobody knows, as on one machine. */
  readonly country?: string;
}

export type WebAclVerdict =
  | { readonly action: 'allow' }
  | { readonly action: 'block'; readonly status: number; readonly body?: string };

export interface WebAcl {
  decide(request: WebAclRequest): WebAclVerdict;
  /** Rules that only AWS can evaluate. */
  readonly notEvaluated: readonly string[];
}

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: Statement;
  readonly Action?: { readonly Block?: object; readonly Allow?: object; readonly Count?: object };
}

/** The statements that are run here; a web ACL with another one stops the start. */
export interface Statement {
  readonly IPSetReferenceStatement?: { readonly Arn: string };
  readonly GeoMatchStatement?: { readonly CountryCodes: readonly string[] };
  readonly RateBasedStatement?: { readonly Limit: number; readonly EvaluationWindowSec?: number };
  readonly ManagedRuleGroupStatement?: { readonly Name: string };
  readonly NotStatement?: { readonly Statement: Statement };
  readonly AndStatement?: { readonly Statements: readonly Statement[] };
  readonly OrStatement?: { readonly Statements: readonly Statement[] };
}

type Match = (request: WebAclRequest) => boolean;

export interface WebAclOptions {
  /** @default the clock */
  readonly now?: () => Date;
}

/**
 * A web ACL (AWS::WAFv2::WebACL, resolved) as far as one machine can evaluate it.
 * @param ipSets AWS::WAFv2::IPSet by ARN
 */
export function createWebAcl(properties: Config, ipSets: ReadonlyMap<string, Config>, options: WebAclOptions): WebAcl {
  const now = options.now ?? (() => new Date());
  const rules = [...((properties.Rules ?? []) as readonly Rule[])].sort((a, b) => a.Priority - b.Priority);
  const own = rules.filter(({ Statement }) => !Statement.ManagedRuleGroupStatement);
  const compiled = own.map((rule) => ({ rule, matches: compile(rule.Statement, ipSets, now) }));
  const allowsByDefault = 'Allow' in ((properties.DefaultAction ?? {}) as object);
  return {
    decide: (request) => {
      for (const { rule, matches } of compiled) {
        if (!matches(request) || !rule.Action || rule.Action.Count) continue;
        return rule.Action.Block ? BLOCKED : { action: 'allow' };
      }
      return allowsByDefault ? { action: 'allow' } : BLOCKED;
    },
    notEvaluated: rules.filter(({ Statement }) => Statement.ManagedRuleGroupStatement).map(({ Name }) => Name),
  };
}

const BLOCKED: WebAclVerdict = { action: 'block', status: 403 };

function compile(statement: Statement, ipSets: ReadonlyMap<string, Config>, now: () => Date): Match {
  const inner = (one: Statement): Match => compile(one, ipSets, now);
  const { GeoMatchStatement: geo, RateBasedStatement: rate } = statement;
  if (statement.IPSetReferenceStatement) return inAddresses(ipSets.get(statement.IPSetReferenceStatement.Arn));
  if (geo) return ({ country }) => country !== undefined && geo.CountryCodes.includes(country);
  if (rate) {
    const counter = new RequestRate(rate.Limit, (rate.EvaluationWindowSec ?? 300) * 1000);
    return ({ ip }) => counter.isAbove(ip, now().getTime());
  }
  if (statement.NotStatement) {
    const negated = inner(statement.NotStatement.Statement);
    return (request) => !negated(request);
  }
  if (statement.AndStatement) {
    const all = statement.AndStatement.Statements.map(inner);
    return (request) => all.every((matches) => matches(request));
  }
  const any = (statement.OrStatement?.Statements ?? []).map(inner);
  return (request) => any.some((matches) => matches(request));
}

function inAddresses(ipSet: Config | undefined): Match {
  const list = new BlockList();
  for (const address of (ipSet?.Addresses ?? []) as readonly string[]) {
    const [network = '', prefix = ''] = address.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return ({ ip }) => list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}
