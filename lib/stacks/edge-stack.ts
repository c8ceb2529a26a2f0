import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CodeSource } from '../bundling/code-source.ts';
import type { VitrineConfig } from '../config/config.ts';
import { MediaCdn } from '../constructs/delivery/media-cdn.ts';
import { EdgeParameter } from '../constructs/edge/edge-parameter.ts';
import { ViewerFunctions } from '../constructs/edge/viewer-functions.ts';
import { WebAcl } from '../constructs/edge/web-acl.ts';
import { AccessLogs } from '../constructs/insight/access-logs.ts';
import type { RegionStack } from './region-stack.ts';
import { TRANSFORMER_HOST_OUTPUT } from './region-stack.ts';

export interface EdgeStackProps extends StackProps {
  readonly config: VitrineConfig;
  readonly code: CodeSource;
  /** The region from where media are delivered. */
  readonly home: RegionStack;
}

/** Everything that CloudFront wants in us-east-1: distribution, functions, web ACL, access log, edge parameter. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { config, code, home } = props;
    this.addStackDependency(home, 'reads the host of the transformer');
    const viewerFunctions = new ViewerFunctions(this, 'ViewerFunctions', {
      requestCode: code.edgeFunction('viewer-request'),
      responseCode: code.edgeFunction('viewer-response'),
    });
    const webAcl = new WebAcl(this, 'WebAcl', config);
    const { distribution, mediaHost } = new MediaCdn(this, 'Media', {
      deployment: config.name,
      homeRegion: home.region,
      transformerHost: outputOf(home, TRANSFORMER_HOST_OUTPUT),
      viewerFunctions,
      webAclArn: webAcl.arn,
      domain: config.mediaDomain,
    });
    new AccessLogs(this, 'AccessLogs', {
      deployment: config.name,
      distributionArn: distribution.distributionArn,
    });
    new EdgeParameter(this, 'Edge', {
      distributionId: distribution.distributionId,
      mediaHost,
      settingsStoreArn: viewerFunctions.settings.keyValueStoreArn,
      accessRuleGroupArn: webAcl.accessRuleGroupArn,
    });

    new CfnOutput(this, 'MediaUrl', { value: `https://${mediaHost}` });
  }
}

/**
 * Read when this stack is deployed, across regions and without an export that would lock the other stack (AWS,
 * "Fn::GetStackOutput"). It stands alone: `Fn::Split` does not take it.
 */
function outputOf(stack: Stack, name: string): string {
  return Fn.getStackOutput(stack.stackName, name, stack.region);
}
