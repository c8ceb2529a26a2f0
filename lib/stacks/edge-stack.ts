import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { makeApis } from './edge/apis.ts';
import type { EdgeScope } from './edge/edge-scope.ts';
import { logAccess, makeMedia } from './edge/media.ts';
import { publishSettings } from './edge/published-settings.ts';
import { boundSpending, watch } from './edge/watching.ts';

/** Names of the outputs with the distributions' own hosts, which the records of other hosts lead to. */
export const MEDIA_TARGET_OUTPUT = 'MediaTarget';
export const API_TARGET_OUTPUT = 'ApiTarget';

export type EdgeStackProps = StackProps & Omit<EdgeScope, 'stack'>;

/** Everything that CloudFront wants in us-east-1. Its parts are in `edge/`. */
export class EdgeStack extends Stack {
  /** Of media. */
  readonly distribution: IDistribution;
  /** Under which media are delivered, for records of the owner's. */
  readonly mediaHost: string;
  /** Under which the home region's API answers. */
  readonly apiHost: string;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { config, code, regions, webAclRules } = props;
    for (const region of regions) this.addStackDependency(region, 'reads hosts and roles of its functions');
    const edge: EdgeScope = { stack: this, config, code, regions, webAclRules };

    const media = makeMedia(edge);
    logAccess(edge, media);
    const apis = makeApis(edge);
    publishSettings(edge, media, apis);
    boundSpending(edge);
    watch(edge, media, apis);

    this.distribution = media.cdn.distribution;
    this.mediaHost = media.cdn.mediaHost;
    this.apiHost = apis.home.host;
    new CfnOutput(this, 'MediaUrl', { value: `https://${this.mediaHost}` });
    new CfnOutput(this, 'ApiUrl', { value: `https://${this.apiHost}` });
    // Where the records of hosts of one's own lead.
    new CfnOutput(this, MEDIA_TARGET_OUTPUT, { value: this.distribution.distributionDomainName });
    new CfnOutput(this, API_TARGET_OUTPUT, { value: apis.home.distribution.distributionDomainName });
  }
}
