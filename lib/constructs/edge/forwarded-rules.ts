import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { CDN_SECRET_HEADER } from '../../../lambda/contract/cdn-in-front.ts';
import type { WebAclRule } from './web-acl-rule.ts';

/** How a web ACL knows who is behind another CDN. */
export interface ForwardedViewers {
  /** Header with the viewer's address. */
  readonly addressHeader: string;
  /** References to the secrets that are good. */
  readonly secrets: readonly string[];
  /** False: rules go by who asks us, and what comes without a secret is counted. */
  readonly refuseDirect: boolean;
}

/**
 * First of all rules, because the header with the address is believed by those after it. Whoever has no secret would write what
 * they like into it, and a rule does not apply at all where the header is missing (AWS WAF, "ForwardedIPConfig").
 */
export function fromCdnAlone({ secrets, refuseDirect }: ForwardedViewers): WebAclRule {
  const shown = secrets.map((searchString) => ({
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { Name: CDN_SECRET_HEADER } },
      positionalConstraint: 'EXACTLY',
      searchString,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  }));
  const [only, ...more] = shown;
  const statement = more.length > 0 ? { orStatement: { statements: shown } } : (only as CfnWebACL.StatementProperty);
  return {
    name: 'FromCdnInFront',
    action: refuseDirect ? { block: {} } : { count: {} },
    statement: { notStatement: { statement } },
  };
}

/** In sampled requests AWS WAF shows headers (AWS WAF, "Data protection"). */
export const HIDDEN_SECRET: CfnWebACL.DataProtectionConfigProperty = {
  dataProtections: [{ field: { fieldType: 'SINGLE_HEADER', fieldKeys: [CDN_SECRET_HEADER] }, action: 'SUBSTITUTION' }],
};

/** Of an address that cannot be read a rule says that it matches: it then blocks. */
export const forwardedIp = (viewers: ForwardedViewers | undefined) =>
  viewers?.refuseDirect ? { headerName: viewers.addressHeader, fallbackBehavior: 'MATCH' } : undefined;
