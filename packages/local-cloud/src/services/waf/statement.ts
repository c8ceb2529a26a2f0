import { addressMatch } from './address-set.ts';
import { byForwardedAddress, type ForwardedAddress } from './forwarded-address.ts';
import { compileText, type TextInspection } from './inspected-text.ts';
import { RequestRate } from './request-rate.ts';
import type { EntityLookup, LabelledRequest } from './web-acl-request.ts';

/** The statements that are run here (AWS::WAFv2::WebACL Statement). */
export interface Statement {
  readonly IPSetReferenceStatement?: { readonly Arn: string; readonly IPSetForwardedIPConfig?: ForwardedAddress };
  readonly GeoMatchStatement?: {
    readonly CountryCodes: readonly string[];
    readonly ForwardedIPConfig?: ForwardedAddress;
  };
  readonly RateBasedStatement?: RateBasedStatement;
  readonly ByteMatchStatement?: ByteMatchStatement;
  readonly RegexMatchStatement?: TextInspection & { readonly RegexString: string };
  readonly SizeConstraintStatement?: TextInspection & { readonly ComparisonOperator: string; readonly Size: number };
  readonly LabelMatchStatement?: { readonly Scope: string; readonly Key: string };
  readonly ManagedRuleGroupStatement?: { readonly Name: string };
  readonly RuleGroupReferenceStatement?: { readonly Arn: string };
  readonly NotStatement?: { readonly Statement: Statement };
  readonly AndStatement?: { readonly Statements: readonly Statement[] };
  readonly OrStatement?: { readonly Statements: readonly Statement[] };
}

interface RateBasedStatement {
  readonly Limit: number;
  readonly EvaluationWindowSec?: number;
  readonly ForwardedIPConfig?: ForwardedAddress;
  /** @default all requests count */
  readonly ScopeDownStatement?: Statement;
}

interface ByteMatchStatement extends TextInspection {
  readonly SearchString?: string;
  readonly SearchStringBase64?: string;
  readonly PositionalConstraint: string;
}

export type Match = (request: LabelledRequest) => boolean;

export interface StatementContext {
  readonly ipSets: EntityLookup;
  readonly now: () => Date;
}

/** @throws for a statement that is not evaluated here */
export function compileStatement(statement: Statement, context: StatementContext): Match {
  const inner = (one: Statement): Match => compileStatement(one, context);
  const { NotStatement: not, AndStatement: and, OrStatement: or } = statement;
  if (not) {
    const negated = inner(not.Statement);
    return (request) => !negated(request);
  }
  if (and) {
    const all = and.Statements.map(inner);
    return (request) => all.every((matches) => matches(request));
  }
  if (or) {
    const any = or.Statements.map(inner);
    return (request) => any.some((matches) => matches(request));
  }
  return compileSingle(statement, context);
}

function compileSingle(statement: Statement, context: StatementContext): Match {
  const { IPSetReferenceStatement: ipSet, GeoMatchStatement: geo, RateBasedStatement: rate } = statement;
  const { ByteMatchStatement: bytes, RegexMatchStatement: regex, SizeConstraintStatement: size } = statement;
  if (ipSet) return byForwardedAddress(ipSet.IPSetForwardedIPConfig, ipSetMatch(ipSet.Arn, context.ipSets));
  if (geo) return byForwardedAddress(geo.ForwardedIPConfig, inCountry(geo.CountryCodes));
  if (rate) return byForwardedAddress(rate.ForwardedIPConfig, rateMatch(rate, context));
  if (statement.LabelMatchStatement) return labelMatch(statement.LabelMatchStatement);
  if (bytes) return byteMatch(bytes);
  if (regex) {
    const pattern = new RegExp(regex.RegexString);
    const texts = compileText(regex);
    return (request) => texts(request).some((text) => pattern.test(text));
  }
  if (size) {
    const texts = compileText(size);
    const fits = comparison(size.ComparisonOperator, size.Size);
    return (request) => texts(request).some((text) => fits(Buffer.byteLength(text, 'latin1')));
  }
  throw new Error(`The web ACL's statement ${Object.keys(statement).join(', ')} is not evaluated on this machine.`);
}

const inCountry =
  (codes: readonly string[]): Match =>
  ({ country }) =>
    country !== undefined && codes.includes(country);

/** A set that is there now may have other addresses later. */
function ipSetMatch(arn: string, ipSets: EntityLookup): Match {
  addressMatch(ipSets.get(arn), arn);
  return (request) => addressMatch(ipSets.get(arn), arn)(request);
}

function rateMatch(
  { Limit, EvaluationWindowSec = 300, ScopeDownStatement: scope }: RateBasedStatement,
  context: StatementContext,
): Match {
  const counter = new RequestRate(Limit, EvaluationWindowSec * 1000);
  const counts = scope ? compileStatement(scope, context) : () => true;
  return (request) => counts(request) && counter.isAbove(request.ip, context.now().getTime());
}

/** A label's end, or a namespace within it, from a colon on (AWS WAF, "Label match rule statement"). */
function labelMatch({ Scope, Key }: { readonly Scope: string; readonly Key: string }): Match {
  const isIn = (label: string): boolean =>
    Scope === 'NAMESPACE' ? `:${label}`.includes(`:${Key.replace(/:?$/, ':')}`) : `:${label}`.endsWith(`:${Key}`);
  return ({ labels }) => [...labels].some(isIn);
}

function byteMatch(statement: ByteMatchStatement): Match {
  const { SearchString: plain, SearchStringBase64: encoded = '' } = statement;
  const wanted = Buffer.from(plain ?? encoded, plain === undefined ? 'base64' : 'utf8').toString('latin1');
  const texts = compileText(statement);
  const fits = position(statement.PositionalConstraint, wanted);
  return (request) => texts(request).some(fits);
}

function position(constraint: string, wanted: string): (text: string) => boolean {
  switch (constraint) {
    case 'EXACTLY':
      return (text) => text === wanted;
    case 'STARTS_WITH':
      return (text) => text.startsWith(wanted);
    case 'ENDS_WITH':
      return (text) => text.endsWith(wanted);
    case 'CONTAINS':
      return (text) => text.includes(wanted);
    default:
      throw new Error(`The web ACL's positional constraint ${constraint} is not evaluated on this machine.`);
  }
}

function comparison(operator: string, size: number): (bytes: number) => boolean {
  switch (operator) {
    case 'EQ':
      return (bytes) => bytes === size;
    case 'NE':
      return (bytes) => bytes !== size;
    case 'LE':
      return (bytes) => bytes <= size;
    case 'LT':
      return (bytes) => bytes < size;
    case 'GE':
      return (bytes) => bytes >= size;
    case 'GT':
      return (bytes) => bytes > size;
    default:
      throw new Error(`The web ACL's comparison ${operator} is not evaluated on this machine.`);
  }
}
